package org.biodl.jni;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Text crosses as real UTF-8; JNI's own functions use another spelling of it. */
final class Text
{
    private Text()
    {
    }

    static byte[] bytes(String text)
    {
        if (text.indexOf('\0') >= 0)
            throw new BioDLException(BioDLException.INVALID_ARGUMENT, "The text '" + text.replace("\0", "\\0") + "' contains a NUL character.",
                "Remove it.");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** @return the lines of a text that are not empty */
    static List<String> lines(String text)
    {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n"))
            if (!line.isEmpty())
                lines.add(line);
        return lines;
    }

    /** @return one line for each of `count`, "" where there is none */
    static List<String> named(String text, int count)
    {
        String[] lines = text.split("\n", -1);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++)
            names.add(i < lines.length ? lines[i] : "");
        return names;
    }

    static String[] of(byte[][] texts)
    {
        String[] result = new String[texts.length];
        for (int i = 0; i < texts.length; i++)
            result[i] = texts[i] == null ? "" : new String(texts[i], StandardCharsets.UTF_8);
        return result;
    }
}
