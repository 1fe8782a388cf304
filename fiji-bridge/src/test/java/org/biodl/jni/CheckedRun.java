package org.biodl.jni;

/** Every call of the shim once, failures included; started with -Xcheck:jni. */
public final class CheckedRun
{
    private CheckedRun()
    {
    }

    public static void main(String[] arguments)
    {
        Library.version();
        Library.devices();
        try (Model model = Model.open(""); SegmentedObjects objects = segment(model, Nuclei.view(4, 4), progress -> true))
        {
            if (objects.count() != 16)
                throw new AssertionError("found " + objects.count());
            objects.render(ImageView.of(new short[192 * 192], PixelType.UINT16, 192, 192));
            fails(() -> segment(model, Nuclei.view(4, 4), progress -> false));
            fails(() -> segment(model, Nuclei.view(4, 4), progress ->
            {
                throw new IllegalStateException("mine");
            }));
            fails(() -> segment(model, ImageView.of(new short[3], PixelType.UINT16, 64, 64), null));
            fails(() -> Model.open("/nowhere"));
        }
        models();
        Library.windows();
        System.out.println("done");
    }

    private static void models()
    {
        if (Catalogue.list(false).entries.isEmpty())
            throw new AssertionError("no models");
        try (Model model = Model.open(""))
        {
            if (Verification.of(model, "cpu", progress -> true).outcome != Verification.Outcome.PASSED)
                throw new AssertionError("not verified");
            fails(() -> Verification.of(model, "cpu", progress -> false));
        }
        fails(() -> Catalogue.install("/nowhere", "", progress -> true));
        fails(() -> Catalogue.remove("no-such-model"));
    }

    private static SegmentedObjects segment(Model model, ImageView image, ProgressListener listener)
    {
        ImageView mask = ImageView.of(filled(192 * 192), PixelType.UINT8, 192, 192);
        RunOptions options = new RunOptions();
        options.mask = image.shape[3] == 192 ? mask : null;
        options.percentileValues = new double[][] { { 100, 3000 } };
        return model.segment(image, options, new StarOptions(), listener);
    }

    private static byte[] filled(int length)
    {
        byte[] array = new byte[length];
        java.util.Arrays.fill(array, (byte) 1);
        return array;
    }

    private static void fails(Runnable run)
    {
        try
        {
            run.run();
        }
        catch (RuntimeException expected)
        {
            return;
        }
        throw new AssertionError("did not fail");
    }
}
