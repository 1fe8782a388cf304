package org.biodl.ij1.batch;

import ij.IJ;
import ij.Menus;
import ij.macro.Interpreter;
import java.awt.Dialog;
import java.awt.GraphicsEnvironment;
import java.awt.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Hashtable;

/**
 * Runs a macro without a user: java -cp ij.jar:BioDL_.jar org.biodl.command.BatchLauncher MACRO.ijm [ARGUMENT]. Opens no window; the exit
 * code is 0, or 1 with the message on stderr. ImageJ's own -batch returns 0 whatever happened. With java.awt.headless=true there are no
 * menu commands, so that macros use call("org.biodl.command.Headless.segment", ...).
 */
public final class BatchLauncher
{
    /** In ms: shorter than it takes to build a window. */
    private static final int Glance = 3;

    private static volatile boolean _active;
    private static volatile String _failure;

    private BatchLauncher()
    {
    }

    /** @param arguments path of the macro, and what its getArgument() returns */
    public static void main(String[] arguments)
    {
        if (arguments.length < 1 || arguments.length > 2)
            exit(2, "usage: BatchLauncher MACRO.ijm [ARGUMENT]");
        try
        {
            String macro = new String(Files.readAllBytes(Paths.get(arguments[0])), StandardCharsets.UTF_8);
            String failure = run(macro, arguments.length > 1 ? arguments[1] : "");
            exit(failure == null ? 0 : 1, failure);
        }
        catch (IOException e)
        {
            exit(1, "The macro " + arguments[0] + " could not be read: " + e.getMessage());
        }
        catch (RuntimeException | Error e)
        {
            exit(1, _failure != null ? _failure : Problems.text(e));
        }
    }

    static boolean isActive()
    {
        return _active;
    }

    /** The first message is the cause. */
    static void remember(String failure)
    {
        if (_failure == null)
            _failure = failure;
    }

    /** @return what went wrong, or null */
    private static String run(String macro, String argument)
    {
        _active = true;
        Interpreter.batchMode = true;
        if (!GraphicsEnvironment.isHeadless())
        {
            // The first command makes ImageJ read its menus; without an ImageJ window, what a macro prints goes to stdout.
            IJ.run("Close All");
            addCommands();
        }
        IJ.redirectErrorMessages(true);
        Interpreter interpreter = new Interpreter();
        watch(interpreter);
        String result = interpreter.run(macro, argument);
        if (_failure == null && interpreter.wasError())
            _failure = interpreter.getErrorMessage();
        if (_failure == null && "[aborted]".equals(result))
            _failure = "The macro was aborted.";
        return _failure;
    }

    /**
     * ImageJ tells of an error in a macro in a window that waits for OK, and so do the messages of many commands. Nobody will press it, so
     * the process ends first.
     */
    private static void watch(Interpreter interpreter)
    {
        Thread watch = new Thread(() ->
        {
            while (!interpreter.wasError() && question() == null)
                IJ.wait(Glance);
            exit(1, _failure != null ? _failure : interpreter.wasError()
                ? "Error in line " + interpreter.getLineNumber() + " of the macro: " + interpreter.getErrorMessage()
                : "The macro opened the window '" + question() + "', which waits for an answer.");
        }, "BioDL batch watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** @return the title of a window that waits for a person, or null */
    private static String question()
    {
        for (Window window : Window.getWindows())
            if (window instanceof Dialog && ((Dialog) window).isModal() && window.isShowing())
                return ((Dialog) window).getTitle();
        return null;
    }

    /** The jar need not lie in the plugins folder. */
    @SuppressWarnings("unchecked")
    private static void addCommands()
    {
        Hashtable<String, String> commands = Menus.getCommands();
        commands.put(Segment.Command, Segment.class.getName());
        commands.put(RunTask.DENOISE.command, Denoise.class.getName());
        commands.put(RunTask.STAIN.command, VirtualStain.class.getName());
        commands.put(RunTask.RUN.command, RunModel.class.getName());
        commands.put(ModelsCommand.Command, ModelsCommand.class.getName());
        commands.put("BioDL Diagnostics...", Diagnostics.class.getName());
    }

    private static void exit(int code, String message)
    {
        if (message != null)
            System.err.println(message);
        System.exit(code);
    }
}
