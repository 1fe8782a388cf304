package org.biodl.jni;

import java.util.ArrayList;
import java.util.List;

/** Versions and devices of the native library. */
public final class Library
{
    private Library()
    {
    }

    /** Versions and places, for logs and bug reports. */
    public static final class Version
    {
        public final String version;
        public final String build;
        public final String runtimeVersion;
        public final String libraryPath;
        public final String runtimePath;
        public final String instructionSet;

        Version(String[] texts)
        {
            version = texts[0];
            build = texts[1];
            runtimeVersion = texts[2];
            libraryPath = texts[3];
            runtimePath = texts[4];
            instructionSet = texts[5];
        }
    }

    /** Something that can run a network, or the reason why it cannot. */
    public static final class Device
    {
        /** What options take, such as "cpu" or "cuda:0". */
        public final String id;
        public final String name;
        /** "" when it is available. */
        public final String unavailableReason;
        /** 0 where unknown. */
        public final long memoryBytes;
        public final boolean available;

        Device(String[] texts, double[] numbers)
        {
            id = texts[0];
            name = texts[1];
            unavailableReason = texts[2];
            memoryBytes = (long) numbers[1];
            available = numbers[2] != 0;
        }
    }

    /** What the pixel windows did since the process began. */
    public static final class Windows
    {
        public final long locks;
        /** How often the virtual machine copied an array instead of pinning it. */
        public final long copies;
        /** How many arrays are pinned now. */
        public final long held;
        public final double totalMs;
        /** The longest that an array was pinned since the last call. */
        public final double longestMs;

        Windows(double[] numbers)
        {
            locks = (long) numbers[0];
            copies = (long) numbers[1];
            held = (long) numbers[2];
            totalMs = numbers[3];
            longestMs = numbers[4];
        }
    }

    /** @return the library's own version and those of its parts */
    public static Version version()
    {
        Natives.load();
        byte[][] texts = new byte[6][];
        version(texts);
        return new Version(Text.of(texts));
    }

    /** @return all devices, usable or not; the CPU first */
    public static List<Device> devices()
    {
        Natives.load();
        List<Device> devices = new ArrayList<>();
        int count = deviceCount();
        for (int i = 0; i < count; i++)
        {
            byte[][] texts = new byte[3][];
            double[] numbers = new double[3];
            device(i, texts, numbers);
            devices.add(new Device(Text.of(texts), numbers));
        }
        return devices;
    }

    /** @return what the pixel windows did; starts a new measurement of the longest one */
    public static Windows windows()
    {
        Natives.load();
        double[] numbers = new double[5];
        windows(numbers);
        return new Windows(numbers);
    }

    static native long abiVersion();

    static native long neededAbiVersion();

    private static native void version(byte[][] texts);

    private static native int deviceCount();

    private static native void device(int index, byte[][] texts, double[] numbers);

    private static native void windows(double[] numbers);
}
