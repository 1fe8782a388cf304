package org.biodl.jni;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
            throw new BioDLException(BioDLException.INVALID_ARGUMENT,
                "The text '" + text.replace("\0", "\\0") + "' contains a NUL character.",
                "Remove it.");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String of(byte[] text)
    {
        return new String(text, StandardCharsets.UTF_8);
    }

    /** @return the lines of a text that are not empty */
    static List<String> lines(byte[] text)
    {
        List<String> lines = new ArrayList<>();
        for (String line : of(text).split("\n"))
            if (!line.isEmpty())
                lines.add(line);
        return Collections.unmodifiableList(lines);
    }

    /** @return the lines of a text, empty ones too: a name for each of several things, "" where it has none */
    static List<String> names(byte[] text)
    {
        return Collections.unmodifiableList(Arrays.asList(of(text).split("\n", -1)));
    }
}
