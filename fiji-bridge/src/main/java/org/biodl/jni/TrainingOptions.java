package org.biodl.jni;

/** What is trained, and how. 0, null and "" mean what the method and the images suggest. */
public final class TrainingOptions
{
    public final TrainingMethod method;
    /** Of the model. */
    public String name = "";
    /** A model whose weights are the start: path or id. */
    public String start = "";
    /** Where the model's package is written too. */
    public String folder = "";
    public int steps;
    /** After which it ends with what it has. */
    public double minutes;
    /** The same seed gives the same curve with the same number of threads. */
    public long seed = 1;
    /** Share of the images for checks, 0 to 0.5; null for what suits them. */
    public Double validation;
    /** Pixels along y and x of what a step sees. */
    public int patch;
    /** Patches a step. */
    public int batch;
    public int threads;
    /** Bytes that it may take. */
    public long memoryLimit;
    /** The network sees the slices of an image as a volume. */
    public boolean volumes;
    /** Noise2Void 2. */
    public boolean median;
    /** Pixels to each side along which noise is correlated, and whether along y instead of x. */
    public int noiseRadius;
    public boolean noiseAlongY;
    /** The network also tells the spread of its values. */
    public boolean probabilistic;
    /** Of a star-convex polygon. */
    public int rays;
    /** Share of multi-scale SSIM in the loss. */
    public double structuralSimilarity;
    /** Weight of pix2pix's adversarial term. */
    public double adversarial;
    /** Strength of the noise that is added to clean images, which are their own targets. */
    public double simulatedNoise;
    /** Of the model, one a line. */
    public String authors = "";
    /** SPDX identifier. */
    public String licence = "";
    public String description = "";
    /** What it was trained on, in words. */
    public String data = "";
    public String citation = "";

    public TrainingOptions(TrainingMethod method)
    {
        this.method = method;
    }

    /** What the native side reads. */
    static final class Struct
    {
        // <generated Struct>
        final int method;
        final byte[] name;
        final byte[] start;
        final byte[] folder;
        final int steps;
        final int volumes;
        final double minutes;
        final long seed;
        final double validation;
        final int patch;
        final int batch;
        final int threads;
        final int median;
        final long memoryLimit;
        final int noiseAxis;
        final int noiseRadius;
        final int probabilistic;
        final int rays;
        final double structuralSimilarity;
        final double adversarial;
        final double simulatedNoise;
        final byte[] authors;
        final byte[] licence;
        final byte[] description;
        final byte[] data;
        final byte[] citation;
        // </generated>

        Struct(TrainingOptions o)
        {
            method = o.method.number();
            name = Text.bytes(o.name);
            start = Text.bytes(o.start);
            folder = Text.bytes(o.folder);
            steps = o.steps;
            volumes = o.volumes ? 1 : 0;
            minutes = o.minutes;
            seed = o.seed;
            validation = StarOptions.threshold(o.validation);
            patch = o.patch;
            batch = o.batch;
            threads = o.threads;
            median = o.median ? 1 : 0;
            memoryLimit = o.memoryLimit;
            noiseAxis = o.noiseAlongY ? 1 : 0;
            noiseRadius = o.noiseRadius;
            probabilistic = o.probabilistic ? 1 : 0;
            rays = o.rays;
            structuralSimilarity = o.structuralSimilarity;
            adversarial = o.adversarial;
            simulatedNoise = o.simulatedNoise;
            authors = Text.bytes(o.authors);
            licence = Text.bytes(o.licence);
            description = Text.bytes(o.description);
            data = Text.bytes(o.data);
            citation = Text.bytes(o.citation);
        }
    }
}
