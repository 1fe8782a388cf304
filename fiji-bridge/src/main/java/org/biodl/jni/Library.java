package org.biodl.jni;

import java.util.Arrays;
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

        // <generated Version>
        Version(byte[] version, byte[] build, byte[] runtimeVersion, byte[] libraryPath, byte[] runtimePath, byte[] instructionSet)
        {
            this.version = Text.of(version);
            this.build = Text.of(build);
            this.runtimeVersion = Text.of(runtimeVersion);
            this.libraryPath = Text.of(libraryPath);
            this.runtimePath = Text.of(runtimePath);
            this.instructionSet = Text.of(instructionSet);
        }
        // </generated>
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

        // <generated Device>
        Device(byte[] id, byte[] name, long memoryBytes, int available, byte[] unavailableReason)
        {
            this.id = Text.of(id);
            this.name = Text.of(name);
            this.memoryBytes = memoryBytes;
            this.available = available != 0;
            this.unavailableReason = Text.of(unavailableReason);
        }
        // </generated>
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

        // <generated Windows>
        Windows(long locks, long copies, long held, double totalMs, double longestMs)
        {
            this.locks = locks;
            this.copies = copies;
            this.held = held;
            this.totalMs = totalMs;
            this.longestMs = longestMs;
        }
        // </generated>
    }

    /** @return the library's own version and those of its parts */
    public static Version version()
    {
        Natives.load();
        return readVersion();
    }

    /** @return all devices, usable or not; the CPU first */
    public static List<Device> devices()
    {
        Natives.load();
        return Arrays.asList(readDevices());
    }

    /** @return what the pixel windows did; starts a new measurement of the longest one */
    public static Windows windows()
    {
        Natives.load();
        return readWindows();
    }

    static native long abiVersion();

    static native long neededAbiVersion();

    private static native Version readVersion();

    private static native Device[] readDevices();

    private static native Windows readWindows();
}
