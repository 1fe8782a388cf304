package org.biodl.jni;

import java.nio.charset.StandardCharsets;

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

    static String[] of(byte[][] texts)
    {
        String[] result = new String[texts.length];
        for (int i = 0; i < texts.length; i++)
            result[i] = texts[i] == null ? "" : new String(texts[i], StandardCharsets.UTF_8);
        return result;
    }
}
