package org.biodl.jni;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How a model did against its own test tensors, by the rules of the bioimage.io format 0.5. */
public final class Verification
{
    /** What came out. */
    public enum Outcome
    {
        PASSED,
        /** An output deviates by more than the tolerance. */
        FAILED,
        /** The package has no test tensors. */
        IMPOSSIBLE
    }

    public final Outcome outcome;
    /** The device that ran it. */
    public final String device;
    /** bioimage.io's name, such as "onnx". */
    public final String weightsFormat;
    /** The whole report, to be read by a person. */
    public final String text;
    public final double milliseconds;
    public final List<VerificationOutput> outputs;

    private Verification(long handle)
    {
        byte[][] texts = new byte[3][];
        double[] numbers = new double[3];
        describe(handle, texts, numbers);
        String[] t = Text.of(texts);
        // an outcome of a newer library is no success
        outcome = numbers[0] == 0 ? Outcome.PASSED : numbers[0] == 2 ? Outcome.IMPOSSIBLE : Outcome.FAILED;
        device = t[0];
        weightsFormat = t[1];
        text = t[2];
        milliseconds = numbers[2];
        List<VerificationOutput> list = new ArrayList<>();
        for (long i = 0; i < (long) numbers[1]; i++)
        {
            byte[][] name = new byte[1][];
            double[] values = new double[VerificationOutput.NUMBERS];
            output(handle, i, name, values);
            list.add(new VerificationOutput(Text.of(name)[0], values));
        }
        outputs = Collections.unmodifiableList(list);
    }

    /**
     * Run a model on its own test tensors.
     *
     * @param model an open model
     * @param device "auto", "cpu", "cuda:0"
     * @param listener told of the progress, may be null
     * @return also when the model failed or has no test tensors: see the outcome
     * @throws BioDLException when the test tensors are broken, or the user cancelled
     */
    public static Verification of(Model model, String device, ProgressListener listener)
    {
        try (Handle handle = new Handle(verify(model.handle(), Text.bytes(device), listener), Verification::destroy))
        {
            return new Verification(handle.get());
        }
    }

    private static native long verify(long model, byte[] device, ProgressListener listener);

    private static native void describe(long handle, byte[][] texts, double[] numbers);

    private static native void output(long handle, long index, byte[][] texts, double[] numbers);

    private static native void destroy(long handle);
}
