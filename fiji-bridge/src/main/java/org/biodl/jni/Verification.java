package org.biodl.jni;

import java.util.Arrays;
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
        IMPOSSIBLE;

        /** @return the outcome of the library's number; one of a newer library is no success */
        // <generated Outcome>
        static Outcome of(int number)
        {
            switch (number)
            {
                case 0: return PASSED;
                case 2: return IMPOSSIBLE;
                default: return FAILED;
            }
        }
        // </generated>
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

    // <generated Verification>
    Verification(VerificationOutput[] outputs, int outcome, byte[] device, byte[] weightsFormat, byte[] text, double milliseconds)
    {
        this.outputs = Collections.unmodifiableList(Arrays.asList(outputs));
        this.outcome = Verification.Outcome.of(outcome);
        this.device = Text.of(device);
        this.weightsFormat = Text.of(weightsFormat);
        this.text = Text.of(text);
        this.milliseconds = milliseconds;
    }
    // </generated>

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
        return verify(model.handle(), Text.bytes(device), listener);
    }

    private static native Verification verify(long model, byte[] device, ProgressListener listener);
}
