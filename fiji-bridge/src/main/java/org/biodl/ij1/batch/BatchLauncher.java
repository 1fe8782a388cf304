package org.biodl.ij1.batch;

import ij.IJ;
import ij.Menus;
import ij.macro.Interpreter;
import java.awt.Dialog;
import java.awt.GraphicsEnvironment;
import java.awt.Window;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Hashtable;
import org.biodl.ij1.Problems;

/**
 * Runs a macro without a user: java -cp ij.jar:BioDL_.jar org.biodl.ij1.batch.BatchLauncher MACRO.ijm [ARGUMENT]. Opens no window; the exit
 * code is 0, or 1 with the message on stderr. ImageJ's own -batch returns 0 whatever happened. With java.awt.headless=true there are no
 * menu commands, so that macros use call("org.biodl.ij1.batch.Headless.segment", ...).
 */
public class BatchLauncher
{
    /** In ms: shorter than it takes to build a window. */
    private static final int GLANCE = 3;

    /** For the class of the former name. */
    protected BatchLauncher()
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
            exit(1, Problems.first() != null ? Problems.first() : Problems.text(e));
        }
    }

    /** @return what went wrong, or null */
    private static String run(String macro, String argument)
    {
        Problems.beUnattended();
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
        if (Problems.first() != null)
            return Problems.first();
        return interpreter.wasError() ? interpreter.getErrorMessage() : "[aborted]".equals(result) ? "The macro was aborted." : null;
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
                IJ.wait(GLANCE);
            exit(1, Problems.first() != null ? Problems.first() : interpreter.wasError()
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

    /** Those of plugins.config: the jar need not lie in the plugins folder. */
    private static void addCommands()
    {
        Hashtable<?, ?> known = Menus.getCommands();
        @SuppressWarnings("unchecked")
        Hashtable<String, String> commands = (Hashtable<String, String>) known;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(BatchLauncher.class.getResourceAsStream("/plugins.config"),
            StandardCharsets.UTF_8)))
        {
            for (String line = lines.readLine(); line != null; line = lines.readLine())
            {
                String[] parts = line.split(", ");
                if (parts.length == 3 && !line.startsWith("#"))
                    commands.put(parts[1].replace("\"", ""), parts[2].trim());
            }
        }
        catch (IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    private static void exit(int code, String message)
    {
        if (message != null)
            System.err.println(message);
        System.exit(code);
    }
}
