package org.biodl.jni;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;

/**
 * Packages of the bioimage.io format 0.5 whose results are known: one convolution each. Written by tests, and by
 * java -cp ... org.biodl.jni.TinyModels FOLDER for the tests in ImageJ.
 */
public final class TinyModels
{
    private static final int[] Square = { 3, 3 };
    private static final int[] Point = { 1, 1 };
    private static final int Layers = 50_000;
    /** What the denoisers take for the mean and the standard deviation of an image. */
    public static final double Mean = 100;
    public static final double Deviation = 50;

    private final Path _folder;

    private TinyModels(Path folder)
    {
        _folder = folder;
    }

    /** Write all packages into folders of their names. */
    public static void writeAll(Path folder) throws IOException
    {
        TinyModels models = new TinyModels(folder);
        models.smooth();
        models.slow();
        models.sharpen();
        models.percentiles();
        models.spread();
        models.stain();
        models.stain3d();
        models.swap();
        models.two();
        models.labels();
        models.half();
    }

    public static void main(String[] arguments) throws IOException
    {
        writeAll(Paths.get(arguments[0]));
    }

    /** Denoising: the mean of 3 x 3 pixels. Outside the image lies Mean. */
    private void smooth() throws IOException
    {
        float[] weights = new float[9];
        Arrays.fill(weights, 1f / 9);
        byte[] onnx = new TinyOnnx(2).input("x", 1).output("y", 1).convolution("x", "y", 1, 1, Square, weights).bytes();
        write("smooth", "denoising", onnx, input("x", 1, 2, fixed()), output("y", "x", 2, "", "y"));
    }

    /** Denoising: the identity, in so many layers that opening it takes a while. */
    private void slow() throws IOException
    {
        TinyOnnx onnx = new TinyOnnx(2).input("x", 1).output("y", 1);
        String from = "x";
        for (int i = 0; i < Layers; i++)
            onnx.convolution(from, from = "layer" + i, 1, 1, Point, 1);
        onnx.convolution(from, "y", 1, 1, Point, 1);
        write("slow", "denoising", onnx.bytes(), input("x", 1, 2, fixed()), output("y", "x", 2, "", "y"));
    }

    /** Denoising: what is brighter than its neighbours becomes brighter still, so that values leave the range. */
    private void sharpen() throws IOException
    {
        float[] weights = { -1, -1, -1, -1, 9, -1, -1, -1, -1 };
        byte[] onnx = new TinyOnnx(2).input("x", 1).output("y", 1).convolution("x", "y", 1, 1, Square, weights).bytes();
        write("sharpen", "denoising", onnx, input("x", 1, 2, fixed()), output("y", "x", 2, "", "y"));
    }

    /** Restoration after normalising by percentiles: the identity. */
    private void percentiles() throws IOException
    {
        byte[] onnx = new TinyOnnx(2).input("x", 1).output("y", 1).convolution("x", "y", 1, 1, Point, 1).bytes();
        write("percentiles", "care", onnx,
            input("x", 1, 2, "      - id: scale_range\n        kwargs: {min_percentile: 2, max_percentile: 99.8, axes: [x, y]}\n"),
            output("y", "x", 2, "", "y"));
    }

    /** A probabilistic model as CSBDeep describes it: the identity, and half of what lies above the low percentile as its spread. */
    private void spread() throws IOException
    {
        byte[] onnx = new TinyOnnx(2, true).input("x", 1).output("y", 2).transpose("x", "first", 0, 3, 1, 2)
            .convolution("first", "both", 1, 2, Point, 1, 0.5f)
            .transpose("both", "y", 0, 2, 3, 1).bytes();
        Path folder = _folder.resolve("spread");
        Files.createDirectories(folder);
        Files.write(folder.resolve("weights.onnx"), onnx);
        Files.write(folder.resolve("config.json"),
            ("{\"n_dim\": 2, \"axes\": \"YXC\", \"n_channel_in\": 1, \"n_channel_out\": 1, \"probabilistic\": true, "
            + "\"unet_n_depth\": 1}").getBytes(StandardCharsets.UTF_8));
    }

    /** Staining: DAPI is twice the input, membrane its negative. */
    private void stain() throws IOException
    {
        byte[] onnx = new TinyOnnx(2).input("x", 1).output("y", 2).convolution("x", "y", 1, 2, Point, 2, -1).bytes();
        write("stain", "virtual-staining", onnx, input("x", 1, 2, ""), output("y", "x", 2, "", "DAPI", "membrane"));
    }

    /** Staining in 3D: the sum of a pixel and those above and below it. */
    private void stain3d() throws IOException
    {
        byte[] onnx = new TinyOnnx(3).input("x", 1).output("y", 1).convolution("x", "y", 1, 1, new int[] { 3, 1, 1 }, 1, 1, 1).bytes();
        write("stain3d", "virtual-staining", onnx, input("x", 1, 3, ""), output("y", "x", 3, "", "GFP"));
    }

    /** Stain to stain: red, green, blue of 0 to 1 become blue, red, green. */
    private void swap() throws IOException
    {
        byte[] onnx = new TinyOnnx(2).input("x", 3).output("y", 3).convolution("x", "y", 3, 3, Point, 0, 0, 1, 1, 0, 0, 0, 1, 0).bytes();
        write("swap", "stain-normalization", onnx,
            input("x", 3, 2, "      - id: scale_linear\n        kwargs: {gain: " + 1 / 255.0 + ", offset: 0}\n"),
            output("y", "x", 2, "", "red", "green", "blue"));
    }

    /** Two images in, two out: their sum, and a mask of where the first is above 100. */
    private void two() throws IOException
    {
        byte[] onnx = new TinyOnnx(2).input("a", 1).input("b", 1).output("sum", 1).output("mask", 1).operator("Add", "sum", "a", "b")
            .operator("Identity", "mask", "a").bytes();
        write("two", "arithmetic", onnx, input("a", 1, 2, "") + input("b", 1, 2, ""),
            output("sum", "a", 2, "", "sum") + output("mask", "a", 2, "      - id: binarize\n        kwargs: {threshold: 100}\n", "mask"));
    }

    /** Labels: the input as it is, called labels. */
    private void labels() throws IOException
    {
        byte[] onnx = new TinyOnnx(2).input("x", 1).output("labels", 1).operator("Identity", "labels", "x").bytes();
        write("labels", "instances", onnx, input("x", 1, 2, ""),
            output("labels", "x", 2, "", "labels").replace("      type: float32\n", "      type: int32\n"));
    }

    /** Half the size: the mean of 2 x 2 pixels. */
    private void half() throws IOException
    {
        byte[] onnx = new TinyOnnx(2).input("x", 1).output("y", 1).halve("x", "y").bytes();
        write("half", "arithmetic", onnx, input("x", 1, 2, "").replace("step: 1", "step: 2").replace("min: 1", "min: 2"),
            output("y", "x", 2, "", "y").replace("axis_id: y}", "axis_id: y}\n        scale: 2")
                .replace("axis_id: x}", "axis_id: x}\n        scale: 2"));
    }

    private void write(String name, String tag, byte[] onnx, String inputs, String outputs) throws IOException
    {
        Path folder = _folder.resolve(name);
        Files.createDirectories(folder);
        Files.write(folder.resolve("weights.onnx"), onnx);
        String text = "format_version: 0.5.4\ntype: model\nname: Tiny " + name
            + "\ndescription: of the tests\nlicense: MIT\nversion: 1.2.3\n"
            + "tags: [" + tag + "]\nauthors:\n  - name: tests\ncite:\n  - text: none\ninputs:\n" + inputs + "outputs:\n" + outputs
            + "weights:\n  onnx:\n    source: weights.onnx\n    opset_version: 13\n";
        Files.write(folder.resolve("rdf.yaml"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String fixed()
    {
        return "      - id: fixed_zero_mean_unit_variance\n        kwargs: {mean: " + Mean + ", std: " + Deviation + "}\n";
    }

    private static String input(String id, int channels, int dimensions, String preprocessing)
    {
        StringBuilder names = new StringBuilder();
        for (int c = 0; c < channels; c++)
            names.append(c == 0 ? "" : ", ").append("channel").append(c);
        StringBuilder text = new StringBuilder("  - id: " + id
            + "\n    axes:\n      - type: batch\n      - type: channel\n        channel_names: [" + names + "]\n");
        for (String axis : dimensions == 3 ? new String[] { "z", "y", "x" } : new String[] { "y", "x" })
            text.append("      - type: space\n        id: ").append(axis).append("\n        size: {min: 1, step: 1}\n");
        text.append("    data:\n      type: float32\n");
        return text + (preprocessing.isEmpty() ? "" : "    preprocessing:\n" + preprocessing);
    }

    private static String output(String id, String reference, int dimensions, String postprocessing, String... channels)
    {
        StringBuilder text = new StringBuilder("  - id: " + id
            + "\n    axes:\n      - type: batch\n      - type: channel\n        channel_names: ["
            + String.join(", ", channels) + "]\n");
        for (String axis : dimensions == 3 ? new String[] { "z", "y", "x" } : new String[] { "y", "x" })
            text.append("      - type: space\n        id: ").append(axis).append("\n        size: {tensor_id: ").append(reference)
                .append(", axis_id: ")
                .append(axis).append("}\n");
        text.append("    data:\n      type: float32\n");
        return text + (postprocessing.isEmpty() ? "" : "    postprocessing:\n" + postprocessing);
    }
}
