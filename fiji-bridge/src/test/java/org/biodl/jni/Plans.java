package org.biodl.jni;

/** Plans and models as the library would describe them, for tests that need no library. */
public final class Plans
{
    private Plans()
    {
    }

    /** @param shape T, Z, C, Y, X @param type null for 32-bit whole numbers */
    public static PlannedOutput output(OutputKind kind, boolean restores, PixelType type, String names, long... shape)
    {
        return output(kind, restores, type, names, new double[] { 1, 1, 1 }, new double[3], shape);
    }

    /** @param pitch along z, y, x @param origin along z, y, x */
    public static PlannedOutput output(OutputKind kind, boolean restores, PixelType type, String names, double[] pitch,
        double[] origin, long... shape)
    {
        StringBuilder lines = new StringBuilder(names);
        for (long i = names.split("\n", -1).length; i < shape[2]; i++)
            lines.append('\n');
        return new PlannedOutput(kind.ordinal(), shape, restores ? 1 : 0, type == null ? 3 : type.code, Text.bytes("result"),
            Text.bytes("float32"),
            Text.bytes(lines.toString()), pitch, origin);
    }

    /** A model that normalises by these percentiles, 0 for one that does not. */
    public static ModelInfo model(double low, double high)
    {
        byte[] none = new byte[0];
        return new ModelInfo(1, none, none, none, none, none, none, 0, 0, 0, low, high, 0, 0, 0, 1, 1, none, none, none, none, none,
            none, 0);
    }

    /** @return the array of the first plane of a view */
    public static Object plane(ImageView view)
    {
        return view.planes.plane(0);
    }

    /** Of a network: tiles done, of all. */
    public static Progress tiles(long done, long total)
    {
        return new Progress(Progress.NETWORK, done, total, 0, 0, (double) done / total, -1);
    }

    public static Progress progress(double fraction, double secondsLeft)
    {
        return new Progress(Progress.NETWORK, 1, 2, 0, 0, fraction, secondsLeft);
    }
}
