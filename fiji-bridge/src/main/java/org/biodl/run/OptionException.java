package org.biodl.run;

import org.biodl.jni.BioDLException;

/** What is wrong with an option, in the words of who gave it: macros know its key and how its value is written, dialogs its label. */
public final class OptionException extends BioDLException
{
    private static final long serialVersionUID = 1L;

    private final String _inDialog;

    /**
     * @param said as the macro wrote it, such as "channels=7"
     * @param problem a sentence about the value
     * @param hint what to do in a macro
     * @param remedy what to do in a dialog; "" where the problem says it
     */
    public OptionException(Option<?> option, String said, String problem, String hint, String remedy)
    {
        super(INVALID_ARGUMENT, said + ": " + problem, hint);
        _inDialog = option.getLabel() + ": " + problem + (remedy.isEmpty() ? "" : "\n" + remedy);
    }

    /**
     * A value that cannot be read.
     *
     * @param key by which the macro called the option
     * @param wanted such as "a number from 0 to 1"
     */
    public static OptionException malformed(Option<?> option, String key, String value, String wanted)
    {
        return new OptionException(option, key + "=" + value, "'" + value + "' is not " + wanted + ".",
            "Correct the value of '" + key + "'.", "");
    }

    /** @return message and hint for a person in front of a dialog */
    public String inDialog()
    {
        return _inDialog;
    }
}
