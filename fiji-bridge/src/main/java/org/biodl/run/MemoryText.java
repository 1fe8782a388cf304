package org.biodl.run;

import java.util.Locale;

/** Amounts of memory as people read them. */
public final class MemoryText
{
    private static final double STEP = 1024;

    private MemoryText()
    {
    }

    /** @return "64 KB", "0.3 MB", "12 MB", "1.5 GB" */
    public static String of(long bytes)
    {
        double megabytes = bytes / (STEP * STEP);
        if (megabytes < 0.1)
            return (bytes + 1023) / 1024 + " KB";
        return megabytes >= 1000 ? String.format(Locale.ROOT, "%.1f GB", megabytes / STEP)
            : megabytes >= 10 ? String.format(Locale.ROOT, "%.0f MB", megabytes) : String.format(Locale.ROOT, "%.1f MB", megabytes);
    }
}
