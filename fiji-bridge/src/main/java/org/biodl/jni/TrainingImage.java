package org.biodl.jni;

/** One image of a training with what it is to become. */
public final class TrainingImage
{
    /** On which side of the validation an image is. */
    public enum Side
    {
        /** Drawn by the seed. */
        DRAWN,
        TRAINING,
        /** For checks only. */
        VALIDATION
    }

    /** A file or title, for messages and the report. */
    public final String name;
    /** T, Z, C, Y, X: every frame, and every slice unless volumes are trained, is a picture of its own. */
    public final ImageView input;
    /** What the network is to give, or class numbers; as large as the input. Null for methods without. */
    public ImageView target;
    /** A number for each object, 0 background; as large as the input. Null for methods without. */
    public ImageView labels;
    /** Class of label i + 1, from 1; 0 where it is not known. Null without classes. */
    public int[] classes;
    /** 0-based channels of the input in the network's order; null for all. */
    public int[] channels;
    /** Of the target; null for all. */
    public int[] targetChannels;
    /** Images of one group are all for training or all for checks; "" for its own. */
    public String group = "";
    public Side side = Side.DRAWN;
    /** How often it is drawn relative to others; above 0. */
    public double weight = 1;
    /** Micrometres along x; 0 where not known. */
    public double pixelSize;

    public TrainingImage(String name, ImageView input)
    {
        this.name = name;
        this.input = input;
    }

    /** What the native side reads. */
    static final class Struct
    {
        // <generated Struct>
        final int side;
        final byte[] name;
        final ImageView input;
        final ImageView target;
        final ImageView labels;
        final int[] classes;
        final int[] channels;
        final int[] targetChannels;
        final byte[] group;
        final double weight;
        final double pixelSize;
        // </generated>

        Struct(TrainingImage image)
        {
            side = image.side.ordinal();
            name = Text.bytes(image.name);
            input = image.input;
            target = image.target;
            labels = image.labels;
            classes = image.classes;
            channels = image.channels;
            targetChannels = image.targetChannels;
            group = Text.bytes(image.group);
            weight = image.weight;
            pixelSize = image.pixelSize;
        }
    }
}
