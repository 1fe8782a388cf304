package org.biodl.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.EllipseRoi;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.io.RoiEncoder;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.biodl.jni.BioDLException;
import org.biodl.jni.TrainingImage;
import org.biodl.jni.Views;
import org.biodl.run.Settings;
import org.biodl.run.TrainOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSetTest
{
    @TempDir
    Path _folder;

    private static Settings settings(String text)
    {
        return Settings.parse(TrainOptions.LIST, text, name -> name);
    }

    private static List<TrainingImage> of(String text, ImagePlus... images)
    {
        return TrainingSet.of(settings(text), new GivenImages(Arrays.asList(images)));
    }

    private static String refusal(String text, ImagePlus... images)
    {
        return assertThrows(BioDLException.class, () -> of(text, images)).text();
    }

    private static ImagePlus stack(String title, int channels, int slices, int frames)
    {
        ImageStack stack = new ImageStack(40, 30);
        for (int i = 0; i < channels * slices * frames; i++)
        {
            ImageProcessor plane = new ShortProcessor(40, 30);
            plane.add(i + 1);
            stack.addSlice(plane);
        }
        ImagePlus image = new ImagePlus(title, stack);
        image.setDimensions(channels, slices, frames);
        return image;
    }

    private Path saved(String path, ImagePlus image) throws IOException
    {
        Path file = _folder.resolve(path);
        Files.createDirectories(file.getParent());
        assertTrue(image.getStackSize() > 1 ? new FileSaver(image).saveAsTiffStack(file.toString())
            : new FileSaver(image).saveAsTiff(file.toString()));
        return file;
    }

    /** A pixel has the number of the last ROI that holds it, whatever their forms and wherever they stick out. */
    @Test
    void labelsAreTheRoisThatHoldAPixel()
    {
        Random random = new Random(4);
        for (int n = 0; n < 40; n++)
        {
            ImagePlus image = new ImagePlus("cells", new ByteProcessor(40, 30));
            List<Roi> rois = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(9); i++)
                rois.add(roi(random));
            image.setOverlay(overlay(rois));
            TrainingImage made = of("method=stardist", image).get(0);
            short[] labels = (short[]) Views.plane(made.labels, 0);
            for (int i = 0; i < labels.length; i++)
            {
                int expected = 0;
                for (int k = 0; k < rois.size(); k++)
                    if (rois.get(k).contains(i % 40, i / 40))
                        expected = k + 1;
                assertEquals(expected, labels[i], "roi set " + n + ", pixel " + i);
            }
            assertNull(made.classes);
        }
    }

    private static Roi roi(Random random)
    {
        int x = random.nextInt(50) - 8;
        int y = random.nextInt(40) - 8;
        int size = 3 + random.nextInt(14);
        return random.nextInt(3) == 0 ? new Roi(x, y, size, 5) : random.nextBoolean() ? new OvalRoi(x, y, size, size)
            : new EllipseRoi(x, y, x + size, y + 4, 0.5);
    }

    private static Overlay overlay(List<Roi> rois)
    {
        Overlay overlay = new Overlay();
        rois.forEach(overlay::add);
        return overlay;
    }

    @Test
    void groupsAreClasses()
    {
        ImagePlus image = new ImagePlus("cells", new ByteProcessor(40, 30));
        Roi one = new Roi(1, 1, 5, 5);
        Roi two = new Roi(20, 10, 5, 5);
        two.setGroup(3);
        image.setOverlay(overlay(Arrays.asList(one, two)));
        assertArrayEquals(new int[] { 0, 3 }, of("method=stardist", image).get(0).classes);
        TrainingImage semantic = of("method=semantic targets=[ROI Manager]", image).get(0);
        short[] classes = (short[]) Views.plane(semantic.target, 0);
        assertEquals("1 3 0", classes[41] + " " + classes[10 * 40 + 20] + " " + classes[0]);
    }

    /** Nobody knows of a slice without ROIs whether it is empty or was not looked at. */
    @Test
    void onlySlicesWithRoisAreLearnedFrom()
    {
        ImagePlus image = stack("series.tif", 2, 3, 2);
        Roi roi = new Roi(2, 2, 8, 8);
        roi.setPosition(0, 2, 1);
        Roi other = new Roi(20, 2, 8, 8);
        other.setPosition(0, 3, 2);
        image.setOverlay(overlay(Arrays.asList(roi, other)));
        List<TrainingImage> images = of("method=stardist", image);
        assertEquals("series.tif z2 t1, series.tif z3 t2", images.get(0).name + ", " + images.get(1).name);
        assertEquals("series.tif series.tif", images.get(0).group + " " + images.get(1).group);
        for (int i = 0; i < 2; i++)
        {
            int first = i == 0 ? 2 : 10;
            assertArrayEquals(new long[] { 1, 1, 2, 30, 40 }, Views.shape(images.get(i).input));
            for (int c = 0; c < 2; c++)
                assertEquals(first + c + 1, ((short[]) Views.plane(images.get(i).input, c))[0]);
            short[] labels = (short[]) Views.plane(images.get(i).labels, 0);
            assertEquals(i == 0 ? 1 : 0, labels[2 * 40 + 2]);
            assertEquals(i == 0 ? 0 : 2, labels[2 * 40 + 20]);
        }
    }

    @Test
    void pairsOfOpenImages()
    {
        ImagePlus noisy = stack("noisy", 2, 3, 1);
        ImagePlus clean = stack("clean", 1, 3, 1);
        TrainingImage pair = of("method=restoration targets=clean channels=2", noisy, clean).get(0);
        assertArrayEquals(new int[] { 1 }, pair.channels);
        assertNull(pair.targetChannels);
        assertArrayEquals(new long[] { 1, 3, 1, 30, 40 }, Views.shape(pair.target));
        TrainingImage slice = of("method=restoration targets=clean slices=2", noisy, clean).get(0);
        assertArrayEquals(new long[] { 1, 1, 2, 30, 40 }, Views.shape(slice.input));
        assertEquals(3, ((short[]) Views.plane(slice.input, 0))[0]);
        assertEquals(2, ((short[]) Views.plane(slice.target, 0))[0]);
        assertEquals(2, of("method=noise2void images=open", noisy, clean).size());
    }

    @Test
    void foldersOfPairs() throws IOException
    {
        ImagePlus image = stack("a", 2, 3, 1);
        saved("in/a.tif", image);
        saved("in/b.tif", stack("b", 2, 1, 1));
        saved("out/A.tif", stack("a", 1, 3, 1));
        saved("out/b.tiff", stack("b", 1, 1, 1));
        String folders = "method=stain images=" + _folder.resolve("in") + " targets=" + _folder.resolve("out");
        String same = "method=stain images=" + _folder.resolve("in") + " targets=" + _folder.resolve("in");
        assertTrue(refusal(same).contains("for the images and for what they are to become"), refusal(same));
        List<TrainingImage> images = of(folders);
        assertEquals("a.tif b.tif", images.get(0).name + " " + images.get(1).name);
        for (int i = 0; i < 6; i++)
            assertArrayEquals((short[]) image.getStack().getPixels(i + 1), (short[]) Views.plane(images.get(0).input, i));
        assertArrayEquals(new long[] { 1, 3, 1, 30, 40 }, Views.shape(images.get(0).target));
        saved("in/c.tif", stack("c", 2, 1, 1));
        assertTrue(refusal(folders).contains("1 of 3 files of " + _folder.resolve("in") + " have no partner"), refusal(folders));
        saved("in/b.png.tif", stack("b", 2, 1, 1));
        saved("in/c.tiff", stack("c", 2, 1, 1));
        assertTrue(refusal(folders).contains("two files of one name: c.tif and c.tiff"), refusal(folders));
    }

    @Test
    void foldersOfRoiSets() throws IOException
    {
        saved("in/a.tif", stack("a", 1, 1, 1));
        Files.createDirectories(_folder.resolve("rois"));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(_folder.resolve("rois/a.zip"))))
        {
            zip.putNextEntry(new ZipEntry("one.roi"));
            new RoiEncoder(zip).write(new OvalRoi(4, 5, 9, 9));
        }
        TrainingImage image = of("method=stardist images=" + _folder.resolve("in") + " labels=" + _folder.resolve("rois")).get(0);
        assertEquals(1, ((short[]) Views.plane(image.labels, 0))[9 * 40 + 8]);
    }

    @Test
    void whatIsMissingIsNamed()
    {
        ImagePlus image = stack("a", 1, 1, 1);
        assertTrue(refusal("method=noise2void").contains("no image open"));
        assertTrue(refusal("method=restoration", image).contains("targets"));
        assertTrue(refusal("method=restoration targets=b", image).contains("no open image"));
        assertTrue(refusal("method=restoration targets=a", image).contains("the image itself"));
        assertTrue(refusal("method=stardist", image).contains("The ROI Manager has no area"));
        image.setOverlay(overlay(Arrays.asList(new Line(1, 1, 5, 5))));
        assertTrue(refusal("method=stardist", image).contains("The ROI Manager has no area"));
        assertTrue(refusal("method=noise2void images=" + _folder.resolve("none")).contains("no such folder"));
        assertTrue(refusal("method=noise2void images=" + _folder).contains("has no image"));
        assertTrue(refusal("method=stain images=open", image).contains("images=open"));
    }
}
