using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Models.Files;

namespace BioDL.Cli.Pictures;

/// <summary>Opens images of every format that is read: TIFF, PNG and JPEG, told apart by their first bytes.</summary>
internal static class ImageFiles
{
    /// <param name="path">of the file</param>
    /// <param name="series">which image of a file that holds several, from 1; null: the first</param>
    /// <exception cref="BioDLException">No such file, of another format, damaged, or of a kind of pixel that is not read.</exception>
    internal static ImageFile Open(string path, int? series = null)
    {
        byte[] start = Start(path);
        bool png = start.AsSpan().SequenceEqual(PngFile.Signature), jpeg = start.AsSpan().StartsWith(JpegFile.Signature);
        if (!png && !jpeg)
            return TiffImage.Open(path, series);
        if (series > 1)
            throw new BioDLException(Status.InvalidArgument, $"--series {series}: {path} holds one image", "Leave out --series.");
        try
        {
            return png ? PngFile.Open(path) : JpegFile.Open(path);
        }
        catch (Exception error) when (error is not BioDLException)
        {
            throw new BioDLException(Status.Io, $"{path}: {error.Message}", "If the file is damaged, copy or export it again; as TIFF "
                + "every kind of image can be read.", error);
        }
    }

    // What cannot be opened is told by who reads it.
    private static byte[] Start(string path)
    {
        byte[] bytes = new byte[PngFile.Signature.Length];
        FileFacts.RequireRegular(path);
        try
        {
            using FileStream file = File.OpenRead(path);
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
