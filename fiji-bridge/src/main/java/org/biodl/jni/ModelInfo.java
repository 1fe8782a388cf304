package org.biodl.jni;

import java.util.Collections;
import java.util.List;

/** What a model says of itself. */
public final class ModelInfo
{
    public final String name;
    public final String description;
    public final String licence;
    /** The folder or file it came from, or "builtin:NAME". */
    public final String source;
    /** Of the weights, 64 hexadecimal digits. */
    public final String sha256;
    public final String citation;
    /** Input channels: 1 for grey, 3 for RGB. */
    public final int channels;
    public final int rays;
    /** Pixels between predictions. */
    public final int gridY;
    public final int gridX;
    public final double percentileLow;
    public final double percentileHigh;
    public final double probability;
    public final double overlap;
    /** What it is for. */
    public final CatalogueEntry.Task task;
    /** Tensors that the network takes and gives. */
    public final int inputs;
    public final int outputs;
    /** Of the collection it comes from, "" when it has none. */
    public final String id;
    public final String version;
    /** How it was described, such as "bioimage.io 0.5.4". */
    public final String format;
    /** bioimage.io's name: "onnx", "tensorflow_saved_model_bundle", "torchscript". */
    public final String weightsFormat;
    public final List<String> tags;

    static final int TEXTS = 11;
    static final int NUMBERS = 11;

    ModelInfo(String[] texts, double[] numbers)
    {
        name = texts[0];
        description = texts[1];
        licence = texts[2];
        source = texts[3];
        sha256 = texts[4];
        citation = texts[5];
        channels = (int) numbers[0];
        rays = (int) numbers[1];
        gridY = (int) numbers[2];
        gridX = (int) numbers[3];
        percentileLow = numbers[4];
        percentileHigh = numbers[5];
        probability = numbers[6];
        overlap = numbers[7];
        task = CatalogueEntry.choose(CatalogueEntry.Task.values(), numbers[8], CatalogueEntry.Task.OTHER);
        inputs = (int) numbers[9];
        outputs = (int) numbers[10];
        id = texts[6];
        version = texts[7];
        format = texts[8];
        weightsFormat = texts[9];
        tags = Collections.unmodifiableList(Text.lines(texts[10]));
    }
}
