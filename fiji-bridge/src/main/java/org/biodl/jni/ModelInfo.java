package org.biodl.jni;

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
    }
}
