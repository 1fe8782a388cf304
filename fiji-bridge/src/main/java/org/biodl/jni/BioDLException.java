package org.biodl.jni;

import java.nio.charset.StandardCharsets;

/** Something the user should know: what happened, and what to do about it. */
public class BioDLException extends RuntimeException
{
    /** A value or an argument is out of range. */
    public static final int INVALID_ARGUMENT = 100;
    /** There is no such file, folder, model or library. */
    public static final int NOT_FOUND = 200;
    /** A file could not be read or written. */
    public static final int IO = 201;
    /** Not enough memory. */
    public static final int OUT_OF_MEMORY = 301;
    /** The host side failed: a plane could not be read. */
    public static final int HOST = 302;
    /** The user cancelled; nothing was lost. */
    public static final int CANCELLED = 310;

    private static final long serialVersionUID = 1L;

    private final int _status;
    private final String _hint;

    /**
     * @param status a number of status.h
     * @param message what happened, to which file or image
     * @param hint what to do; may be empty
     */
    public BioDLException(int status, String message, String hint)
    {
        super(message);
        _status = status;
        _hint = hint;
    }

    /** Called by the native side; text as UTF-8. */
    BioDLException(int status, byte[] message, byte[] hint)
    {
        this(status, new String(message, StandardCharsets.UTF_8), new String(hint, StandardCharsets.UTF_8));
    }

    /** @return a number of status.h */
    public int status()
    {
        return _status;
    }

    /** @return what to do about it, "" when nothing is known */
    public String hint()
    {
        return _hint;
    }

    /** @return whether the user cancelled */
    public boolean isCancelled()
    {
        return _status == CANCELLED;
    }

    /** @return message and hint, as a person reads them */
    public String text()
    {
        return _hint.isEmpty() ? getMessage() : getMessage() + "\n" + _hint;
    }
}
