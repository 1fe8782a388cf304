package org.biodl.jni;

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
    /** The images that it was made for, in words; "" where its description does not say. */
    public final String madeFor;
    /** Usual diameter of an object in pixels of those images; 0 where that is not known. */
    public final double objectDiameter;

    // <generated ModelInfo>
    ModelInfo(int channels, byte[] name, byte[] description, byte[] licence, byte[] source, byte[] sha256, byte[] citation, int rays,
        int gridY, int gridX, double percentileLow, double percentileHigh, double probability, double overlap, int task, int inputs,
        int outputs, byte[] id, byte[] version, byte[] format, byte[] weightsFormat, byte[] tags, byte[] madeFor, double objectDiameter)
    {
        this.channels = channels;
        this.name = Text.of(name);
        this.description = Text.of(description);
        this.licence = Text.of(licence);
        this.source = Text.of(source);
        this.sha256 = Text.of(sha256);
        this.citation = Text.of(citation);
        this.rays = rays;
        this.gridY = gridY;
        this.gridX = gridX;
        this.percentileLow = percentileLow;
        this.percentileHigh = percentileHigh;
        this.probability = probability;
        this.overlap = overlap;
        this.task = CatalogueEntry.Task.of(task);
        this.inputs = inputs;
        this.outputs = outputs;
        this.id = Text.of(id);
        this.version = Text.of(version);
        this.format = Text.of(format);
        this.weightsFormat = Text.of(weightsFormat);
        this.tags = Text.lines(tags);
        this.madeFor = Text.of(madeFor);
        this.objectDiameter = objectDiameter;
    }
    // </generated>
}
