package org.biodl.jni;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A run on 4096 x 4096 pixels of 32 bits (64 MB) in a process of its own, with a thread beside it that allocates as hard as it can. Prints
 * what the run added to the process's memory, and how long that thread stood still, beside the same thread without a run. The heap is
 * touched in advance, so that growth is native.
 */
public final class LargeRun
{
    private static final int Side = 4096;
    private static final int Tile = 512;
    /** Shorter pauses are not looked at, in ns. */
    private static final long Sample = 1_000_000;
    private static final Path Peak = Paths.get("/proc/self/clear_refs");

    private LargeRun()
    {
    }

    public static void main(String[] arguments) throws Exception
    {
        float[] pixels = image();
        RunOptions options = new RunOptions();
        options.tile = Tile;
        options.device = "cpu";
        try (Model model = Model.open(""))
        {
            ImageView small = ImageView.of(pixels, PixelType.FLOAT32, Side / 2, Side / 2);
            run(model, small, options);
            double baseline = longestPause(() -> spin(3000));
            // The tile tensors, which every run of such tiles needs, go back after a moment without a run: fetch them again.
            run(model, small, options);
            Library.Windows first = Library.windows();
            int[] objects = new int[1];
            double[] pause = new double[1];
            long start = System.nanoTime();
            long growth = growth(
                () -> pause[0] = longestPause(() -> objects[0] = run(model, ImageView.of(pixels, PixelType.FLOAT32, Side, Side), options)));
            double ms = (System.nanoTime() - start) * 1e-6;
            Library.Windows last = Library.windows();
            System.out.printf("objects=%d%ncopies=%d%nheld=%d%nlocks=%d%n", objects[0], last.copies, last.held, last.locks - first.locks);
            System.out.printf("image_kb=%d%ngrowth_kb=%d%n", (long) Side * Side * 4 / 1024, growth);
            System.out.printf(java.util.Locale.ROOT, "tiles=%d%nlocked_share=%.4f%n", Side / Tile * (Side / Tile),
                (last.totalMs - first.totalMs) / ms);
            System.out.printf(java.util.Locale.ROOT, "longest_lock_ms=%.2f%npause_ms=%.1f%nbaseline_pause_ms=%.1f%n",
                last.longestMs, pause[0],
                baseline);
        }
    }

    private static int run(Model model, ImageView image, RunOptions options)
    {
        try (SegmentedObjects objects = model.segment(image, options, new StarOptions(), null))
        {
            return objects.count();
        }
    }

    /** Few nuclei, because the list of candidates grows with their number, and it is the image whose share is measured. */
    private static float[] image()
    {
        int columns = 10;
        int width = columns * Nuclei.Pitch;
        short[] nuclei = Nuclei.draw(columns, columns);
        float[] pixels = new float[Side * Side];
        java.util.Random noise = new java.util.Random(1);
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
                pixels[y * Side + x] = (x < width && y < width ? nuclei[y * width + x] : 120) + noise.nextFloat() * 10;
        return pixels;
    }

    /**
     * @return the longest time in ms between two allocations of a busy thread while the work goes on, less the time that it waited for a
     *     processor: what remains is waiting for the virtual machine
     */
    private static double longestPause(Runnable work)
    {
        AtomicLong longest = new AtomicLong();
        Thread thread = new Thread(() ->
        {
            try (RandomAccessFile schedule = new RandomAccessFile("/proc/thread-self/schedstat", "r"))
            {
                long last = System.nanoTime();
                long waited = waited(schedule);
                for (int i = 0; !Thread.currentThread().isInterrupted(); i++)
                {
                    byte[] some = new byte[4096];
                    some[i & 4095] = 1;
                    long now = System.nanoTime();
                    if (now - last > Sample || i % 256 == 0)
                    {
                        long before = waited;
                        waited = waited(schedule);
                        longest.accumulateAndGet(now - last - (waited - before), Math::max);
                    }
                    last = now;
                }
            }
            catch (IOException e)
            {
                longest.set(Long.MAX_VALUE);
            }
        });
        thread.start();
        work.run();
        thread.interrupt();
        try
        {
            thread.join();
        }
        catch (InterruptedException e)
        {
            throw new IllegalStateException(e);
        }
        return longest.get() * 1e-6;
    }

    /** @return nanoseconds that this thread was ready to run and had no processor */
    private static long waited(RandomAccessFile schedule) throws IOException
    {
        schedule.seek(0);
        return Long.parseLong(schedule.readLine().split(" ")[1]);
    }

    /** Keep every processor busy, as a network does, without the library. */
    private static void spin(int milliseconds)
    {
        long end = System.nanoTime() + milliseconds * 1_000_000L;
        java.util.stream.IntStream.range(0, Runtime.getRuntime().availableProcessors()).parallel().forEach(i ->
        {
            while (System.nanoTime() < end)
                Math.hypot(i, end);
        });
    }

    /** @return by how much the process was larger at its peak than before, in kB */
    private static long growth(Runnable work) throws IOException
    {
        Files.write(Peak, "5".getBytes(StandardCharsets.US_ASCII));
        long before = status("VmRSS");
        work.run();
        return status("VmHWM") - before;
    }

    /** @return in kB */
    private static long status(String field) throws IOException
    {
        for (String line : Files.readAllLines(Paths.get("/proc/self/status")))
            if (line.startsWith(field + ":"))
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
        throw new IOException("no " + field);
    }
}
