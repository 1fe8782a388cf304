using System.Runtime.InteropServices;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Models.Outputs;

namespace BioDL.Cli.Output;

/// <summary>
/// Label images as TIFF: 16-bit up to 65,535 labels, else 32-bit unsigned, Deflate without predictor, BigTIFF above 4 GB, with ImageJ's
/// description. ImageJ opens 32-bit integers as 32-bit float, exact up to 16.7 million labels, and tifffile and libtiff read them as they
/// are, so integers serve both; a float file would be exact for neither beyond that. ImageJ's reader knows neither Deflate with a predictor
/// nor BigTIFF (Bio-Formats in Fiji knows both).
/// </summary>
internal static unsafe class LabelFile
{
    // Classic TIFF has 32-bit offsets; Deflate makes hopeless data a little larger.
    private const long ClassicBytes = 4000L << 20;
    private const long StripBytes = 1 << 20;
    private const int StripsPerBand = 8;

    /// <summary>Paint and write band by band: the label image never exists as a whole.</summary>
    /// <param name="safe">to write and to move to its place</param>
    /// <param name="result">what to paint</param>
    /// <param name="calibration">of the image that was segmented</param>
    /// <param name="cancel">asked between bands</param>
    /// <returns>of the pixels written</returns>
    internal static PixelType Write(SafeFile safe, SegmentedObjects result, Calibration calibration, CancellationToken cancel)
    {
        long highest = 0;
        foreach (ref readonly SegmentedObject item in result.Objects.AsSpan())
            highest = Math.Max(highest, item.Label);
        PixelType type = highest <= ushort.MaxValue ? PixelType.UInt16 : PixelType.UInt32;
        long rowBytes = (long)result.Width * type.Size(), planes = (long)result.Frames * result.Slices;
        bool big = (Int128)rowBytes * result.Height * planes > ClassicBytes;
        TiffPage page = GreyPage(result.Width, result.Height, type, calibration) with
        {
            Compression = Compression.Deflate,
            ChunkHeight = Math.Clamp(StripBytes / rowBytes, 1, result.Height),
        };
        string description = ImageJDescription.Of(Shape(result, type, calibration), 0, Math.Max(1, highest));

        using (var file = new TiffWriter(safe.Temporary, big, safe.Path))
            WritePlanes(file, result, page, type, description, cancel);
        safe.Commit();
        return type;
    }

    private static Hyperstack Shape(SegmentedObjects result, PixelType type, Calibration calibration) => new()
    {
        Type = type, Frames = result.Frames, Slices = result.Slices, Channels = 1, Height = result.Height, Width = result.Width,
        Calibration = calibration,
    };

    /// <summary>One grey page, uncompressed in one strip until said otherwise.</summary>
    private static TiffPage GreyPage(int width, int height, PixelType type, Calibration calibration) => new()
    {
        Width = width, Height = height, Bits = type.Size() * 8, Samples = 1, Planar = Planar.Chunky, Photometric = Photometric.MinIsBlack,
        SampleFormat = type == PixelType.Float32 ? SampleFormat.Float : SampleFormat.Unsigned, Compression = Compression.None,
        Predictor = 1,
        ChunkHeight = height, ChunkWidth = width, ResolutionUnit = calibration.ResolutionUnit,
        XResolution = calibration.HasSize ? 1 / calibration.PixelWidth : 0,
        YResolution = calibration.HasSize ? 1 / calibration.PixelHeight : 0,
    };

    private static void WritePlanes(TiffWriter file, SegmentedObjects result, TiffPage page, PixelType type, string description,
        CancellationToken cancel)
    {
        long rowBytes = page.Width * type.Size();
        int bandRows = (int)Math.Min(result.Height, page.ChunkHeight * StripsPerBand);
        byte* band = (byte*)NativeMemory.Alloc((nuint)(rowBytes * bandRows));
        try
        {
            for (int plane = 0; plane < result.Frames * result.Slices; plane++)
            {
                file.Begin(page, plane == 0 ? description : null);
                for (int row = 0; row < result.Height; row += bandRows)
                {
                    if (cancel.IsCancellationRequested)
                        throw new BioDLException(Status.Cancelled, "writing the labels was cancelled");
                    int rows = Math.Min(bandRows, result.Height - row);
                    ImageView view = ImageView.Contiguous(band, type, rows, result.Width);
                    LabelPainter.PaintRows(result, plane / result.Slices, plane % result.Slices, view, row);
                    file.WriteRows(band, row, rows);
                }
                file.End();
            }
        }
        finally
        {
            NativeMemory.Free(band);
        }
    }
}
