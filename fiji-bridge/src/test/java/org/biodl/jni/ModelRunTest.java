package org.biodl.jni;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks whose results are known, through the shim and the real library. Skipped when the build packed none. */
class ModelRunTest
{
    private static final int Width = 61;
    private static final int Height = 47;

    @TempDir
    static Path models;

    @BeforeAll
    static void needsLibraries() throws IOException
    {
        assumeTrue(NativeBundle.find(ModelRunTest.class.getClassLoader(), Platform.name()) != null, "no native libraries in this build");
        TinyModels.writeAll(models);
    }

    @AfterEach
    void nothingIsLeftPinnedAndNothingWasCopied()
    {
        Library.Windows windows = Library.windows();
        assertEquals(0, windows.held);
        assertEquals(0, windows.copies);
    }

    private static Model open(String name)
    {
        return Model.open(models.resolve(name).toString());
    }

    private static short[] random(int pixels)
    {
        Random random = new Random(7);
        short[] values = new short[pixels];
        for (int i = 0; i < pixels; i++)
            values[i] = (short) random.nextInt(4000);
        return values;
    }

    private static ImageView view(Object array, PixelType type)
    {
        return ImageView.of(array, type, Height, Width);
    }

    private static RunResult run(Model model, ImageView input, RunOptions options, ImageView output, ProgressListener listener)
    {
        return model.run(Collections.singletonList(input), options, Collections.singletonList(output), listener);
    }

    @Test
    void saysWhatTheModelIs()
    {
        try (Model model = open("stain"))
        {
            ModelInfo info = model.info();
            assertEquals("Tiny stain", info.name);
            assertEquals("1.2.3", info.version);
            assertEquals("onnx", info.weightsFormat);
            assertTrue(info.format.contains("0.5"), info.format);
            assertEquals(CatalogueEntry.Task.STAIN, info.task);
            assertEquals(Collections.singletonList("virtual-staining"), info.tags);
            assertEquals(64, info.sha256.length());
            assertEquals(Arrays.asList("DAPI", "membrane"), model.outputs().get(0).channelNames);
            assertEquals("bcyx", model.inputs().get(0).axes);
            assertArrayEquals(new long[] { 1, 1, 1 }, model.inputs().get(0).min);
        }
        try (Model model = open("smooth"))
        {
            assertEquals(CatalogueEntry.Task.DENOISE, model.info().task);
            assertTrue(model.outputs().get(0).restoresInput);
            assertTrue(model.inputs().get(0).processing.toString().contains("fixed_zero_mean_unit_variance"),
                model.inputs().get(0).processing.toString());
        }
    }

    @Test
    void plansBeforeItRuns()
    {
        try (Model model = open("stain"))
        {
            RunPlan plan = model.plan(Collections.singletonList(view(new short[Width * Height], PixelType.UINT16)), new RunOptions());
            PlannedOutput output = plan.outputs.get(0);
            assertArrayEquals(new long[] { 1, 1, 2, Height, Width }, output.shape);
            assertEquals(PixelType.FLOAT32, output.type);
            assertEquals(Arrays.asList("DAPI", "membrane"), output.channelNames);
            assertTrue(plan.memoryBytes > 0 && plan.tiles > 0 && !plan.match.isEmpty(), plan.match.toString());
        }
    }

    /** The mean of 3 x 3 pixels in the image's own unit, rounded to its type; away from the border it depends on nothing else. */
    @Test
    void denoisesInTheImagesOwnUnit()
    {
        short[] image = random(Width * Height);
        short[] result = new short[image.length];
        float[] wide = new float[image.length];
        try (Model model = open("smooth"))
        {
            run(model, view(image, PixelType.UINT16), new RunOptions(), view(result, PixelType.UINT16), null);
            RunOptions tiles = new RunOptions();
            tiles.tile = 32;
            run(model, view(image, PixelType.UINT16), tiles, view(wide, PixelType.FLOAT32), null);
        }
        for (int y = 1; y < Height - 1; y++)
            for (int x = 1; x < Width - 1; x++)
            {
                double sum = 0;
                for (int k = 0; k < 9; k++)
                    sum += image[(y - 1 + k / 3) * Width + x - 1 + k % 3];
                assertEquals(sum / 9, wide[y * Width + x], 1e-2, "float at " + x + ", " + y);
                assertEquals(sum / 9, result[y * Width + x], 0.51, "at " + x + ", " + y);
            }
    }

    @Test
    void countsWhatItClips()
    {
        byte[] image = new byte[Width * Height];
        for (int i = 0; i < image.length; i++)
            image[i] = (byte) (i % 2 == 0 ? 200 : 50);
        byte[] result = new byte[image.length];
        float[] wide = new float[image.length];
        try (Model model = open("sharpen"))
        {
            RunResult clipped = run(model, view(image, PixelType.UINT8), new RunOptions(), view(result, PixelType.UINT8), null);
            RunResult exact = run(model, view(image, PixelType.UINT8), new RunOptions(), view(wide, PixelType.FLOAT32), null);
            int beyond = 0;
            for (int i = 0; i < wide.length; i++)
            {
                beyond += wide[i] < -0.5 || wide[i] >= 255.5 ? 1 : 0;
                assertEquals(Math.max(0, Math.min(255, wide[i])), result[i] & 255, 0.51);
            }
            assertTrue(beyond > wide.length / 2);
            assertEquals(beyond, clipped.clipped(0));
            assertEquals(0, exact.clipped(0));
            assertTrue(clipped.provenance.contains("sha256") || clipped.provenance.contains(model.info().sha256), clipped.provenance);
            assertEquals("cpu", clipped.device);
        }
    }

    @Test
    void packedRgbInAndOut()
    {
        int[] image = new int[Width * Height];
        for (int i = 0; i < image.length; i++)
            image[i] = 0xFF000000 | i * 7919 & 0xFFFFFF;
        float[][] result = new float[3][image.length];
        try (Model model = open("swap"))
        {
            ImageView output = new ImageView(plane -> result[(int) plane], PixelType.FLOAT32, new long[] { 1, 1, 3, Height, Width }, Width,
                0);
            run(model, view(image, PixelType.ARGB32), new RunOptions(), output, null);
        }
        for (int i = 0; i < image.length; i++)
            assertArrayEquals(new float[] { image[i] & 255, image[i] >> 16 & 255, image[i] >> 8 & 255 },
                new float[] { Math.round(result[0][i] * 255), Math.round(result[1][i] * 255), Math.round(result[2][i] * 255) });
    }

    @Test
    void severalImagesInAndOut()
    {
        short[] a = random(Width * Height);
        byte[] b = new byte[a.length];
        Arrays.fill(b, (byte) 5);
        float[] sum = new float[a.length];
        byte[] mask = new byte[a.length];
        try (Model model = open("two"))
        {
            List<ImageView> inputs = Arrays.asList(view(a, PixelType.UINT16), view(b, PixelType.UINT8));
            RunPlan plan = model.plan(inputs, new RunOptions());
            assertEquals(OutputKind.MASK, plan.outputs.get(1).kind);
            model.run(inputs, new RunOptions(), Arrays.asList(view(sum, PixelType.FLOAT32), view(mask, PixelType.UINT8)), null);
            for (int i = 0; i < a.length; i++)
            {
                assertEquals(a[i] + 5, sum[i]);
                assertEquals(a[i] > 100 ? 1 : 0, mask[i]);
            }
            byte[] again = new byte[a.length];
            model.run(inputs, new RunOptions(), Arrays.asList(null, view(again, PixelType.UINT8)), null);
            assertArrayEquals(mask, again, "an output alone");
            assertThrows(BioDLException.class, () -> model.plan(inputs.subList(0, 1), new RunOptions()));
        }
    }

    /** Chosen channels in the order given, and a region whose pixels are those of the whole. */
    @Test
    void channelsAndRegion()
    {
        Object[] planes = new Object[3];
        for (int c = 0; c < 3; c++)
        {
            short[] plane = random(Width * Height);
            for (int i = 0; i < plane.length; i++)
                plane[i] += 100 * c;
            planes[c] = plane;
        }
        ImageView image = new ImageView(plane -> planes[(int) plane], PixelType.UINT16, new long[] { 1, 1, 3, Height, Width }, Width, 0);
        RunOptions options = new RunOptions();
        options.channels = new int[][] { { 2, 0 } };
        options.region = new Rectangle(10, 5, 20, 30);
        try (Model model = open("smooth"))
        {
            PlannedOutput output = model.plan(Collections.singletonList(image), options).outputs.get(0);
            assertArrayEquals(new long[] { 1, 1, 2, 30, 20 }, output.shape);
            assertArrayEquals(new double[] { 0, 5, 10 }, output.origin, "the region's place in the image");
            float[][] part = new float[2][600];
            run(model, image, options, new ImageView(plane -> part[(int) plane], PixelType.FLOAT32, new long[] { 1, 1, 2, 30, 20 }, 20, 0),
                null);
            float[] whole = new float[Width * Height];
            run(model, view(planes[2], PixelType.UINT16), new RunOptions(), view(whole, PixelType.FLOAT32), null);
            for (int i = 0; i < 600; i++)
            {
                assertEquals(whole[(5 + i / 20) * Width + 10 + i % 20], part[0][i], 1e-2);
                assertEquals(part[0][i] - 200, part[1][i], 1e-1);
            }
        }
    }

    @Test
    void framesAndSlicesOneByOneOrAsAVolume()
    {
        List<Object> planes = new ArrayList<>();
        for (int i = 0; i < 6; i++)
        {
            float[] plane = new float[Width * Height];
            Arrays.fill(plane, 1 << i);
            planes.add(plane);
        }
        Object[] sums = new Object[6];
        Arrays.setAll(sums, i -> new float[Width * Height]);
        long[] shape = { 2, 3, 1, Height, Width };
        try (Model model = open("stain3d"))
        {
            run(model, new ImageView(plane -> planes.get((int) plane), PixelType.FLOAT32, shape, Width, 0), new RunOptions(),
                new ImageView(plane -> sums[(int) plane], PixelType.FLOAT32, shape, Width, 0), null);
        }
        float[] expected = { 3, 7, 6, 24, 56, 48 };
        for (int i = 0; i < 6; i++)
            assertEquals(expected[i], ((float[]) sums[i])[100], "plane " + i);
    }

    @Test
    void aFailingPlaneOrListenerIsTheExceptionThatArrives()
    {
        IllegalStateException mine = new IllegalStateException("mine");
        short[] pixels = new short[Width * Height];
        ImageView fails = new ImageView(plane ->
        {
            throw mine;
        }, PixelType.UINT16, new long[] { 1, 1, 1, Height, Width }, Width, 0);
        try (Model model = open("smooth"))
        {
            assertSame(mine, assertThrows(IllegalStateException.class,
                () -> run(model, fails, new RunOptions(), view(pixels, PixelType.UINT16), null)));
            assertSame(mine, assertThrows(IllegalStateException.class,
                () -> run(model, view(pixels, PixelType.UINT16), new RunOptions(), fails, null)), "an output");
            assertSame(mine, assertThrows(IllegalStateException.class,
                () -> run(model, view(pixels, PixelType.UINT16), new RunOptions(), view(pixels, PixelType.UINT16), progress ->
                {
                    throw mine;
                })));
        }
    }

    @Test
    void theListenerHearsOfTheTimeLeftAndCanCancel()
    {
        short[] pixels = random(Width * Height);
        short[] result = new short[Width * Height];
        RunOptions options = new RunOptions();
        options.tile = 32;
        AtomicInteger known = new AtomicInteger();
        double[] last = { 0 };
        try (Model model = open("smooth"))
        {
            run(model, view(pixels, PixelType.UINT16), options, view(result, PixelType.UINT16), progress ->
            {
                assertTrue(progress.fraction >= last[0] && progress.fraction <= 1, "" + progress.fraction);
                last[0] = progress.fraction;
                return progress.secondsLeft < 0 || known.incrementAndGet() > 0;
            });
            assertTrue(known.get() > 0, "the time left was never known");
            BioDLException e = assertThrows(BioDLException.class,
                () -> run(model, view(pixels, PixelType.UINT16), options, view(result, PixelType.UINT16), progress -> false));
            assertTrue(e.isCancelled(), e.toString());
        }
    }

    @Test
    void closedModelsAndWrongSizesAreErrors()
    {
        Model model = open("smooth");
        ImageView image = view(new short[Width * Height], PixelType.UINT16);
        ImageView small = ImageView.of(new short[16], PixelType.UINT16, 4, 4);
        assertEquals(BioDLException.INVALID_ARGUMENT,
            assertThrows(BioDLException.class, () -> run(model, image, new RunOptions(), small, null)).status());
        model.close();
        assertEquals(101, assertThrows(BioDLException.class, () -> model.plan(Collections.singletonList(image), new RunOptions()))
            .status());
        RunOptions half = new RunOptions();
        half.percentileLow = 1.0;
        assertThrows(BioDLException.class, () -> model.plan(Collections.singletonList(image), half));
    }
}
