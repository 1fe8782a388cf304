package org.biodl.jni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Zero copy, short locks, and the virtual machine's own checks, each in a process of its own. */
class LargeRunTest
{
    /** Of the run's time, in which the image is read twice: a twentieth is usual. */
    private static final double MostLocked = 0.25;

    @BeforeAll
    static void needsLibrariesAndProc() throws java.io.IOException
    {
        assumeTrue(NativeBundle.find(LargeRunTest.class.getClassLoader(), Platform.name()) != null, "no native libraries in this build");
        assumeTrue(new File("/proc/self/clear_refs").canWrite(), "no /proc");
    }

    private static List<String> fork(List<String> options, Class<?> main) throws Exception
    {
        return fork(options, main, 0);
    }

    /** @param code that the process ends with */
    private static List<String> fork(List<String> options, Class<?> main, int code, String... arguments) throws Exception
    {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(options);
        command.addAll(Arrays.asList("-Djava.awt.headless=true", "-Dbiodl.cache=" + System.getProperty("biodl.cache", ""), "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), main.getName()));
        command.addAll(Arrays.asList(arguments));
        File log = File.createTempFile("biodl-fork", ".log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
        boolean ended = process.waitFor(300, TimeUnit.SECONDS);
        if (!ended)
            process.destroyForcibly();
        List<String> lines = java.nio.file.Files.readAllLines(log.toPath());
        log.delete();
        assertTrue(ended && process.exitValue() == code, String.join("\n", lines));
        return lines;
    }

    /**
     * Collections run on one thread, so that they do not wait for processors that the network keeps busy. How long the longest lock was is
     * printed, not tested: on a busy machine that says how busy it is. A lock that was held while the network runs would be most of the
     * time.
     */
    @Test
    void aLargeImageIsNeitherCopiedNorPinnedForLong() throws Exception
    {
        Properties figures = new Properties();
        for (String line : fork(Arrays.asList("-Xms400m", "-Xmx400m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"), LargeRun.class))
            if (line.matches("[a-z_]+=[0-9.-]+"))
                figures.setProperty(line.split("=")[0], line.split("=")[1]);
        System.out.println("4096 x 4096: " + figures);
        assertEquals("100", figures.getProperty("objects"));
        assertEquals("0", figures.getProperty("copies"));
        assertEquals("0", figures.getProperty("held"));
        // a copy of the image in any type would show
        assertTrue(number(figures, "growth_kb") < number(figures, "image_kb") / 4, "growth " + figures);
        assertTrue(number(figures, "locks") >= number(figures, "tiles"), "locks " + figures);
        assertTrue(number(figures, "locked_share") < MostLocked, "locks " + figures);
    }

    @Test
    void theVirtualMachineFindsNoFault() throws Exception
    {
        List<String> faults = new ArrayList<>();
        for (String line : fork(Arrays.asList("-Xcheck:jni", "-Xmx500m"), CheckedRun.class))
            if (line.contains("WARNING") && !isSignalHandler(line) || line.contains("FATAL"))
                faults.add(line);
        assertEquals(new ArrayList<String>(), faults);
    }

    @Test
    void aProcessEndsWithItsOwnCodeWhileItsThreadsOpenAndRun() throws Exception
    {
        for (int after = 0; after < 1000; after += 90)
            fork(Arrays.asList("-Xmx300m"), ExitRun.class, ExitRun.CODE, Integer.toString(after));
    }

    /** The engine's runtime installs handlers of its own for a few signals; the virtual machine notes that, and they live together. */
    private static boolean isSignalHandler(String line)
    {
        return line.contains("signal handler") || line.contains("handler for SIG");
    }

    private static double number(Properties figures, String key)
    {
        return Double.parseDouble(figures.getProperty(key));
    }
}
