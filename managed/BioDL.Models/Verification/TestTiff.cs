using BioDL.Core;
using BioDL.Models.Files;

namespace BioDL.Models.Verification;

/// <summary>
/// The small TIFF files that Fiji's plugins put beside a model: the first page, grey, uncompressed, in strips, of 8-bit or 16-bit integers
/// or 32-bit
/// float. A library that decodes the other kinds would make every host larger; it is with the command line alone.
/// </summary>
internal static class TestTiff
{
    private const int MaximumSide = 1 << 15;
    private const int Width = 256, Height = 257, Bits = 258, Compression = 259, StripOffsets = 273, Samples = 277,
        StripBytes = 279, SampleFormat = 339;

    /// <returns>y, x</returns>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: no such TIFF; the message names the file.</exception>
    public static NpyArray Read(byte[] file, string name)
    {
        try
        {
            return Page(file, new TiffStructure(new MemoryStream(file)).Directories().First(), name);
        }
        catch (InvalidDataException error)
        {
            throw Invalid(name, error.Message, error);
        }
    }

    private static NpyArray Page(byte[] file, TiffDirectory page, string name)
    {
        long width = page.Number(Width, 0), height = page.Number(Height, 0), bits = page.Number(Bits, 1),
        format = page.Number(SampleFormat, 1);
        string type = (format, bits) switch { (1, 8) => "uint8", (1, 16) => "uint16", (3, 32) => "float32", _ => "" };
        if (width is 0 or > MaximumSide || height is 0 or > MaximumSide || type.Length == 0 || page.Number(Compression, 1) != 1
            || page.Number(Samples, 1) != 1)
        {
            throw Invalid(name, $"it has {width} x {height} pixels of {bits} bits, sample format {format}, compression "
                + $"{page.Number(Compression, 1)}; "
                + "only grey, uncompressed test images are read");
        }
        long[] offsets = page.Numbers(StripOffsets), lengths = page.Numbers(StripBytes);
        long needed = width * height * bits / 8;
        if (offsets.Length != lengths.Length || needed > file.Length
            || offsets.Zip(lengths).Any(strip => (Int128)strip.First + strip.Second > file.Length))
            throw Invalid(name, "it is cut short, or damaged");
        var pixels = new MemoryStream((int)needed);
        for (int strip = 0; strip < offsets.Length && pixels.Length < needed; strip++)
            pixels.Write(file, (int)offsets[strip], (int)Math.Min(lengths[strip], needed - pixels.Length));
        if (pixels.Length < needed)
            throw Invalid(name, "it has fewer pixels than it announces");
        pixels.Position = 0;
        return NpyArray.Read(pixels, new NpyHeader(type, page.IsBigEndian, false, [height, width]), name, needed * 4);
    }

    private static BioDLException Invalid(string name, string what, Exception? cause = null) =>
        new(Status.ModelInvalid, $"The test image {name} cannot be read: {what}.", "Download the model again.", cause);
}
