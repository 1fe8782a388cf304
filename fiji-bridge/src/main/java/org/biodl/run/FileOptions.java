package org.biodl.run;

/** Options of calls that read and write files. */
public final class FileOptions
{
    public static final Option<String> IMAGE = file("image", "Image", "The file to read; else the current image.");
    public static final Option<String> LABELS_FILE = file("labels_file", "Labels", "Where to write the label image, as TIFF.");
    public static final Option<String> ROIS_FILE = file("rois_file", "ROIs", "Where to write the ROI set, as zip.");
    public static final Option<String> TABLE_FILE = file("table_file", "Table", "Where to write the table, as CSV.");
    public static final Option<String> OUTPUT_FILE = file("output_file", "Result", "Where to write the result, as TIFF.");
    public static final Option<Boolean> OVERWRITE = new Option<>("overwrite", "Replace files that are there",
        "Never inputs. Results of BioDL that nobody has touched since are replaced in any case.", Format.flag(), false);

    private FileOptions()
    {
    }

    private static Option<String> file(String key, String label, String help)
    {
        return new Option<>(key, label, help, Format.text(), null);
    }
}
