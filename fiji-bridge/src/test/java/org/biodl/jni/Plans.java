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
    public static PlannedOutput output(OutputKind kind, boolean restores, PixelType type, String names, double[] pitch, double[] origin, long... shape)
    {
        double[] n = new double[PlannedOutput.NUMBERS];
        n[0] = kind.ordinal();
        n[1] = restores ? 1 : 0;
        n[2] = type == null ? 3 : type.code;
        for (int i = 0; i < shape.length; i++)
            n[3 + i] = shape[i];
        System.arraycopy(pitch, 0, n, 8, 3);
        System.arraycopy(origin, 0, n, 11, 3);
        return new PlannedOutput(new String[] { "result", "float32", names }, n);
    }

    /** A model that normalises by these percentiles, 0 for one that does not. */
    public static ModelInfo model(double low, double high)
    {
        String[] texts = new String[ModelInfo.TEXTS];
        java.util.Arrays.fill(texts, "");
        double[] numbers = new double[ModelInfo.NUMBERS];
        numbers[4] = low;
        numbers[5] = high;
        return new ModelInfo(texts, numbers);
    }

    public static Progress progress(double fraction, double secondsLeft)
    {
        return new Progress(new long[] { Progress.NETWORK, 1, 2, 0, 0 }, new double[] { fraction, secondsLeft });
    }
}
