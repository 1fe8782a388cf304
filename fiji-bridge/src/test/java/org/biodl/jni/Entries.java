package org.biodl.jni;

/** Models of a listing as the library gives them, for tests of what shows them. */
public final class Entries
{
    private Entries()
    {
    }

    /** @param texts the fields of CatalogueEntry in their order; those not given are empty */
    public static CatalogueEntry entry(CatalogueEntry.State state, CatalogueEntry.Task task, boolean runnable, long bytes, String... texts)
    {
        byte[][] all = new byte[12][];
        for (int i = 0; i < all.length; i++)
            all[i] = Text.bytes(i < texts.length ? texts[i] : "");
        return new CatalogueEntry(state.ordinal(), task.ordinal(), runnable ? 1 : 0, bytes, all[0], all[1], all[2], all[3],
            all[4], all[5], all[6],
            all[7], all[8], all[9], all[10], all[11]);
    }

    /** A restoration model with a word in each field. */
    public static CatalogueEntry denoiser()
    {
        return entry(CatalogueEntry.State.INSTALLED, CatalogueEntry.Task.DENOISE, true, 3_140_000, "lab/care", "CARE of zebrafish", "1.2",
            "Restores\nnuclei", "BSD-3-Clause", "Weigert et al. 2018\nNature Methods", "2D, 1 channel", "fluorescence\nflywing",
            "/tmp/care.zip", "", "");
    }

    /** One that cannot run here. */
    public static CatalogueEntry stranger()
    {
        return entry(CatalogueEntry.State.ONLINE, CatalogueEntry.Task.OTHER, false, 0, "odd-one", "", "", "", "", "", "", "", "", "",
            "it needs PyTorch");
    }
}
