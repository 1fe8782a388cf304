package org.biodl.jni;

import java.util.List;

/** What a training has made. */
public final class TrainingResult
{
    /** What Model.open takes. */
    public final String modelId;
    /** Folder of the package. */
    public final String path;
    /** The page in it that shows curve, examples and settings: HTML. */
    public final String report;
    /** Of the validation, such as "psnr=31.2". */
    public final List<String> figures;
    public final List<String> warnings;

    // <generated TrainingResult>
    TrainingResult(byte[] modelId, byte[] path, byte[] report, byte[] figures, byte[] warnings)
    {
        this.modelId = Text.of(modelId);
        this.path = Text.of(path);
        this.report = Text.of(report);
        this.figures = Text.lines(figures);
        this.warnings = Text.lines(warnings);
    }
    // </generated>
}
