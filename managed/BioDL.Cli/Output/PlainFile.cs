using BioDL.Cli.Tiff;
using BioDL.Core.Images;

namespace BioDL.Cli.Output;

/// <summary>A square grey image from memory to an uncompressed TIFF.</summary>
internal static unsafe class PlainFile
{
    /// <param name="path">an existing file is replaced</param>
    /// <param name="pixels">size x size, row by row; libtiff may change them</param>
    /// <param name="type">of the pixels</param>
    /// <param name="size">side in pixels</param>
    /// <param name="calibration">for ImageJ's description</param>
    /// <param name="displayMaximum">what is shown as white</param>
    internal static void Write<T>(string path, T[] pixels, PixelType type, int size, Calibration calibration, double displayMaximum)
        where T : unmanaged
    {
        using var safe = new SafeFile(path);
        using (TiffFile file = TiffFile.Create(safe.Temporary, "w", path))
        {
            TiffPage page = LabelFile.GreyPage(size, size, type, calibration);
            file.Begin(page, ImageDescription.Compose(1, 1, calibration.Lines, displayMaximum));
            fixed (T* start = pixels)
                LabelFile.WriteStrips(file, page, (byte*)start, 0, size);
            file.End();
        }
        safe.Commit();
    }
}
