package org.biodl.jni;

/** Opens and runs on several threads, and ends in the middle of it. */
public final class ExitRun
{
    static final int CODE = 7;
    private static final int SIDE = 512;

    private ExitRun()
    {
    }

    /** @param arguments milliseconds after which it ends */
    public static void main(String[] arguments) throws InterruptedException
    {
        Natives.load();
        for (int i = 0; i < 4; i++)
        {
            Thread thread = new Thread(ExitRun::work);
            thread.setDaemon(true);
            thread.start();
        }
        Thread.sleep(Long.parseLong(arguments[0]));
        System.exit(CODE);
    }

    private static void work()
    {
        while (true)
            try (Model model = Model.open(""))
            {
                model.segment(ImageView.of(new float[SIDE * SIDE], PixelType.FLOAT32, SIDE, SIDE), new RunOptions(), new StarOptions(),
                    progress -> true).close();
            }
    }
}
