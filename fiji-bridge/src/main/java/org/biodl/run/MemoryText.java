package org.biodl.run;

import java.util.Locale;

/** Amounts of memory as people read them. */
final class MemoryText
{
    private static final double Step = 1024;

    private MemoryText()
    {
    }

    /** @return "64 KB", "0.3 MB", "12 MB", "1.5 GB" */
    static String of(long bytes)
    {
        double megabytes = bytes / (Step * Step);
        if (megabytes < 0.1)
            return (bytes + 1023) / 1024 + " KB";
        return megabytes >= 1000 ? String.format(Locale.ROOT, "%.1f GB", megabytes / Step)
            : megabytes >= 10 ? String.format(Locale.ROOT, "%.0f MB", megabytes) : String.format(Locale.ROOT, "%.1f MB", megabytes);
    }
}
