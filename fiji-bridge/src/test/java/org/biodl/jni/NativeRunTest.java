package org.biodl.jni;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shim with the real library. Skipped when the build packed none. */
class NativeRunTest
{
    private static final int Columns = 5;
    private static final int Rows = 4;

    @BeforeAll
    static void needsLibraries() throws java.io.IOException
    {
        assumeTrue(NativeBundle.find(NativeRunTest.class.getClassLoader(), Platform.name()) != null, "no native libraries in this build");
    }

    @AfterEach
    void nothingIsLeftPinnedAndNothingWasCopied()
    {
        Library.Windows windows = Library.windows();
        assertEquals(0, windows.held);
        assertEquals(0, windows.copies);
    }

    private static SegmentedObjects segment(ImageView image, ProgressListener listener)
    {
        try (Model model = Model.open(""))
        {
            return model.segment(image, new RunOptions(), new StarOptions(), listener);
        }
    }

    private static ImageView with(Planes planes)
    {
        return new ImageView(planes, PixelType.UINT16, new long[] { 1, 1, 1, 96, 96 }, 96, 0);
    }

    @Test
    void findsEveryNucleusWhereItIs()
    {
        long locks = Library.windows().locks;
        try (SegmentedObjects objects = segment(Nuclei.view(Columns, Rows), null))
        {
            assertEquals(Columns * Rows, objects.count());
            boolean[] seen = new boolean[Columns * Rows];
            for (int i = 0; i < objects.count(); i++)
            {
                int cell = (int) objects.centerY(i) / Nuclei.Pitch * Columns + (int) objects.centerX(i) / Nuclei.Pitch;
                seen[cell] = true;
                assertEquals(i + 1, objects.label(i));
                // the area of a disc of radius 11, and half of it either way
                assertEquals(380, objects.area(i), 190);
                int[] box = objects.box(i);
                assertTrue(box[0] <= objects.centerY(i) && objects.centerY(i) < box[2], "box of " + i);
            }
            for (boolean one : seen)
                assertTrue(one);
            assertEquals("cpu", objects.report().device);
            assertTrue(objects.report().provenance.contains("sha256"), objects.report().provenance);
        }
        assertTrue(Library.windows().locks > locks);
    }

    /** A mask on the first nucleus: one object, and only the tile around it is read for the network. */
    @Test
    void aMaskLimitsObjectsAndWork()
    {
        int side = 16 * Nuclei.Pitch;
        byte[] mask = new byte[side * side];
        for (int y = 0; y < Nuclei.Pitch; y++)
            java.util.Arrays.fill(mask, y * side, y * side + Nuclei.Pitch, (byte) 1);
        AtomicInteger all = new AtomicInteger();
        AtomicInteger some = new AtomicInteger();
        assertEquals(256, countObjects(side, null, all));
        assertEquals(1, countObjects(side, ImageView.of(mask, PixelType.UINT8, side, side), some));
        // 16 tiles or more of the whole image, of which the mask touches one
        assertTrue(some.get() <= all.get() - 15, some + " and " + all);
    }

    private static int countObjects(int side, ImageView mask, AtomicInteger reads)
    {
        short[] pixels = Nuclei.draw(16, 16);
        ImageView image = new ImageView(plane ->
        {
            reads.incrementAndGet();
            return pixels;
        }, PixelType.UINT16, new long[] { 1, 1, 1, side, side }, side, 0);
        RunOptions options = new RunOptions();
        options.tile = 256;
        options.mask = mask;
        try (Model model = Model.open(""); SegmentedObjects objects = model.segment(image, options, new StarOptions(), null))
        {
            return objects.count();
        }
    }

    @Test
    void labelsAreTheSameInBothTypes()
    {
        int width = Columns * Nuclei.Pitch;
        int height = Rows * Nuclei.Pitch;
        short[] narrow = new short[width * height];
        float[] wide = new float[width * height];
        try (SegmentedObjects objects = segment(Nuclei.view(Columns, Rows), null))
        {
            objects.render(ImageView.of(narrow, PixelType.UINT16, height, width));
            objects.render(ImageView.of(wide, PixelType.FLOAT32, height, width));
            for (int i = 0; i < objects.count(); i++)
                assertEquals(objects.label(i), narrow[(int) objects.centerY(i) * width + (int) objects.centerX(i)]);
        }
        for (int i = 0; i < narrow.length; i++)
            assertEquals(narrow[i], wide[i]);
    }

    @Test
    void aFailingPlaneIsTheExceptionThatArrives()
    {
        IllegalStateException mine = new IllegalStateException("the disk is gone");
        assertSame(mine, assertThrows(IllegalStateException.class, () -> segment(with(plane ->
        {
            throw mine;
        }), null)));
    }

    @Test
    void anotherTypeAShorterArrayOrNoneIsAnErrorNamingThePlane()
    {
        Object[] wrong = { new byte[96 * 96], new short[96 * 96 - 1], null, "text" };
        for (Object array : wrong)
        {
            BioDLException e = assertThrows(BioDLException.class, () -> segment(with(plane -> array), null));
            assertEquals(BioDLException.HOST, e.status());
            assertTrue(e.getMessage().contains("Plane 1"), e.getMessage());
        }
    }

    @Test
    void anImageThatChangesDuringTheRunIsAnError()
    {
        short[] pixels = Nuclei.draw(Columns, Rows);
        AtomicInteger calls = new AtomicInteger();
        ImageView image = new ImageView(plane -> calls.incrementAndGet() > 1 ? new float[pixels.length] : pixels, PixelType.UINT16,
            new long[] { 1, 1, 1, Rows * Nuclei.Pitch, Columns * Nuclei.Pitch }, Columns * Nuclei.Pitch, 0);
        assertEquals(BioDLException.HOST, assertThrows(BioDLException.class, () -> segment(image, null)).status());
    }

    @Test
    void everyCallOfTheListenerCanCancel()
    {
        AtomicInteger all = new AtomicInteger();
        segment(Nuclei.view(Columns, Rows), progress -> all.incrementAndGet() > 0).close();
        assertTrue(all.get() >= 3, "calls: " + all);
        for (int last = 1; last <= 3; last++)
        {
            int stop = last;
            AtomicInteger calls = new AtomicInteger();
            BioDLException e = assertThrows(BioDLException.class,
                () -> segment(Nuclei.view(Columns, Rows), progress -> calls.incrementAndGet() < stop));
            assertTrue(e.isCancelled(), e.toString());
            assertEquals(stop, calls.get());
        }
    }

    @Test
    void aFailingListenerIsTheExceptionThatArrives()
    {
        IllegalStateException mine = new IllegalStateException("mine");
        assertSame(mine, assertThrows(IllegalStateException.class, () -> segment(Nuclei.view(Columns, Rows), progress ->
        {
            throw mine;
        })));
    }

    @Test
    void closedHandlesAreErrors()
    {
        Model model = Model.open("");
        model.close();
        model.close();
        assertEquals(101, assertThrows(BioDLException.class,
            () -> model.segment(Nuclei.view(1, 1), new RunOptions(), new StarOptions(), null)).status());
        SegmentedObjects objects = segment(Nuclei.view(2, 2), null);
        objects.close();
        assertThrows(BioDLException.class, () -> objects.render(ImageView.of(new short[96 * 96], PixelType.UINT16, 96, 96)));
    }

    @Test
    void pathsAreUnicode()
    {
        BioDLException e = assertThrows(BioDLException.class, () -> Model.open("/nowhere/Zellkern-\u00fc-\u6838-\ud83d\udd2c"));
        assertTrue(e.getMessage().contains("Zellkern-\u00fc-\u6838-\ud83d\udd2c"), e.getMessage());
    }

    @Test
    void twoModelsAndFourThreadsAgree() throws Exception
    {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Model first = Model.open(""); Model second = Model.open("builtin:nuclei-fluo"))
        {
            List<Callable<double[]>> runs = new ArrayList<>();
            for (int i = 0; i < 8; i++)
            {
                Model model = i % 2 == 0 ? first : second;
                runs.add(() -> areas(model));
            }
            double[] expected = areas(first);
            for (Future<double[]> result : threads.invokeAll(runs))
                assertArrayEquals(expected, result.get());
        }
        finally
        {
            threads.shutdown();
        }
    }

    private static double[] areas(Model model)
    {
        try (SegmentedObjects objects = model.segment(Nuclei.view(3, 3), new RunOptions(), new StarOptions(), null))
        {
            double[] areas = new double[objects.count()];
            for (int i = 0; i < areas.length; i++)
                areas[i] = objects.area(i);
            assertEquals(9, areas.length);
            return areas;
        }
    }

    /** Every option reaches the library: it says so in its account, and the objects are those asked for. */
    @Test
    void optionsOfTheRoadReachTheLibrary()
    {
        RunOptions options = new RunOptions();
        options.region = new java.awt.Rectangle(Nuclei.Pitch, 0, 2 * Nuclei.Pitch, 2 * Nuclei.Pitch);
        options.percentileValues = new double[][] { { 111, 1777 } };
        options.pixelSize = new double[] { 0, 0.125, 0.375 };
        options.channels = new int[][] { { 0 } };
        StarOptions stars = new StarOptions();
        stars.probability = 0.4375;
        stars.overlap = 0.0;
        stars.border = 3;
        stars.uniqueLabels = true;
        stars.integerVertices = true;
        try (Model model = Model.open("");
            SegmentedObjects objects = model.segment(Nuclei.view(4, 4), options, stars, null))
        {
            assertEquals(4, objects.count());
            for (int i = 0; i < objects.count(); i++)
            {
                assertTrue(options.region.contains(objects.centroidX(i), objects.centroidY(i)));
                assertEquals(0, objects.centerZ(i));
                assertEquals(objects.slice(i), objects.firstSlice(i));
                assertEquals(objects.slice(i), objects.lastSlice(i));
            }
            String told = objects.report().provenance;
            for (String value : new String[] { "[0,48,96,96]", "111", "1777", "[0,0.125,0.375]", "0.4375",
                "\"overlap_threshold\":0", "\"border\":3",
                "\"unique\"", "\"integer\"" })
                assertTrue(told.contains(value), value + " is not in " + told);
            RunPlan plan = model.planSegment(Nuclei.view(4, 4), options);
            assertEquals(objects.report().tiles, plan.tiles);
        }
    }

    /** What is kept of one run answers thresholds as a run with them, and options of objects reach both. */
    @Test
    void keptCandidatesAnswerAsARun()
    {
        StarOptions stars = new StarOptions();
        stars.probability = 0.3;
        stars.grow = 2;
        stars.excludeEdges = true;
        stars.link = StarOptions.Link.SLICES;
        stars.linkOverlap = 0.5;
        stars.minArea = 5;
        stars.maxArea = 5000;
        try (Model model = Model.open("");
            Candidates kept = model.keep(Nuclei.view(3, 3), new RunOptions(), 0.25, null);
            SegmentedObjects answer = kept.select(stars, null);
            SegmentedObjects fresh = model.segment(Nuclei.view(3, 3), new RunOptions(), stars, null))
        {
            assertEquals(0.25, kept.lowestProbability());
            assertTrue(kept.count() >= 9);
            assertEquals(9, answer.count());
            for (int i = 0; i < fresh.count(); i++)
            {
                assertEquals(fresh.probability(i), answer.probability(i));
                assertEquals(fresh.pixels(i), answer.pixels(i));
                assertEquals(fresh.centroidX(i), answer.centroidX(i));
                assertEquals(i + 1, answer.track(i));
                assertFalse(answer.touchesEdge(i));
            }
            for (String value : new String[] { "\"exclude_edges\":true", "\"grow_px\":2", "\"link\":\"slices\"", "\"link_overlap\":0.5",
                "\"min_area_px\":5", "\"max_area_px\":5000" })
                assertTrue(answer.report().provenance.contains(value), value + " is not in " + answer.report().provenance);
            stars.probability = 0.1;
            assertThrows(BioDLException.class, () -> kept.select(stars, null));
        }
    }

    /** The network's maps come from the same run. */
    @Test
    void mapsOfTheNetworkAreWrittenBesides()
    {
        try (Model model = Model.open(""))
        {
            ImageView image = Nuclei.view(3, 3);
            List<PlannedOutput> planned = model.planSegment(image, new RunOptions()).outputs;
            float[] pixels = new float[(int) (planned.get(0).shape[3] * planned.get(0).shape[4])];
            StarOptions stars = new StarOptions();
            stars.probabilityMap = ImageView.of(pixels, PixelType.FLOAT32, (int) planned.get(0).shape[3], (int) planned.get(0).shape[4]);
            try (SegmentedObjects objects = model.segment(image, new RunOptions(), stars, null))
            {
                float most = 0;
                for (float value : pixels)
                    most = Math.max(most, value);
                assertEquals(objects.probability(0), most, 1e-6);
            }
        }
    }

    /** As after Help > Refresh Menus: the same classes again, in another class loader, while the first are still in use. */
    @Test
    void aSecondClassLoaderUsesTheSameEngine() throws Exception
    {
        Natives.load();
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator))
            path.add(new java.io.File(entry).toURI().toURL());
        path.add(NativeRunTest.class.getProtectionDomain().getCodeSource().getLocation());
        path.add(Natives.class.getProtectionDomain().getCodeSource().getLocation());
        try (URLClassLoader loader = new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getSystemClassLoader().getParent()))
        {
            Class<?> other = loader.loadClass(NativeRunTest.class.getName());
            assertTrue(other != NativeRunTest.class);
            java.lang.reflect.Method enginePath = other.getDeclaredMethod("enginePath");
            enginePath.setAccessible(true);
            assertEquals(Library.version().libraryPath, enginePath.invoke(null));
        }
    }

    static String enginePath()
    {
        return Library.version().libraryPath;
    }
}
