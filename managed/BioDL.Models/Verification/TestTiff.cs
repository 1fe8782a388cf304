using BioDL.Core;
using BioDL.Models.Files;

namespace BioDL.Models.Verification;

/// <summary>
/// The small TIFF files that Fiji's plugins and Python's tools put beside a model: grey or with interleaved channels, uncompressed, in
/// strips, of 8-bit or 16-bit integers or 32-bit float; pages are channels, slices or both, channels first as ImageJ has them. A library
/// that decodes the other kinds would make every host larger; it is with the command line alone.
/// </summary>
internal static class TestTiff
{
    private const int MaximumSide = 1 << 15, MaximumPages = 1 << 12;
    private const int Width = 256, Height = 257, Bits = 258, Compression = 259, StripOffsets = 273, Samples = 277,
        StripBytes = 279, Planar = 284, SampleFormat = 339;

    /// <summary>What all pages have in common.</summary>
    private readonly record struct Form(long Width, long Height, string Type, int Bytes, int Samples);

    /// <param name="file">the whole file</param>
    /// <param name="axes">of the tensor, outermost first; a TIFF has no batch, and no axis of size 1</param>
    /// <param name="channels">of the tensor</param>
    /// <param name="name">for messages</param>
    /// <returns>the pixels, and which axes they have</returns>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: no such TIFF; the message names the file.</exception>
    public static (NpyArray Array, string Axes) Read(byte[] file, string axes, int channels, string name)
    {
        try
        {
            TiffDirectory[] pages = [.. new TiffStructure(new MemoryStream(file)).Directories().Take(MaximumPages + 1)];
            if (pages.Length > MaximumPages)
                throw new InvalidDataException($"it has more than {MaximumPages} pages");
            Form form = FormOf(pages[0]);
            using var pixels = new MemoryStream();
            foreach (TiffDirectory page in pages)
            {
                if (FormOf(page) != form)
                    throw new InvalidDataException("its pages differ in size or kind");
                Copy(file, page, form, pixels);
            }
            pixels.Position = 0;
            (string letters, long[] shape) = Layout(pages.Length, form, axes, channels);
            var header = new NpyHeader(form.Type, pages[0].IsBigEndian, false, shape);
            return (NpyArray.Read(pixels, header, name, pixels.Length * 4), letters);
        }
        catch (InvalidDataException error)
        {
            throw Invalid(name, error.Message, error);
        }
    }

    private static (string Letters, long[] Shape) Layout(int pages, Form form, string axes, int channels)
    {
        var (letters, shape) = ("", new List<long>());
        int inPages = form.Samples == 1 && channels > 1 && pages % channels == 0 ? channels : 1;
        if (pages / inPages > 1)
        {
            letters += axes.Contains('z') ? 'z' : 't';
            shape.Add(pages / inPages);
        }
        if (inPages > 1)
        {
            letters += 'c';
            shape.Add(inPages);
        }
        letters += axes.IndexOf('x') < axes.IndexOf('y') ? "xy" : "yx";
        shape.AddRange([form.Height, form.Width]);
        return form.Samples > 1 ? (letters + 'c', [.. shape, form.Samples]) : (letters, [.. shape]);
    }

    private static Form FormOf(TiffDirectory page)
    {
        long width = page.Number(Width, 0), height = page.Number(Height, 0), bits = page.Number(Bits, 1),
            format = page.Number(SampleFormat, 1), samples = page.Number(Samples, 1);
        string type = (format, bits) switch { (1, 8) => "uint8", (1, 16) => "uint16", (3, 32) => "float32", _ => "" };
        if (width is 0 or > MaximumSide || height is 0 or > MaximumSide || type.Length == 0 || page.Number(Compression, 1) != 1
            || samples is < 1 or > 64 || (samples > 1 && page.Number(Planar, 1) != 1))
        {
            throw new InvalidDataException($"it has {width} x {height} pixels of {samples} x {bits} bits, sample format {format}, "
                + $"compression {page.Number(Compression, 1)}; only uncompressed test images with interleaved channels are read");
        }
        return new Form(width, height, type, (int)bits / 8, (int)samples);
    }

    private static void Copy(byte[] file, TiffDirectory page, Form form, MemoryStream pixels)
    {
        long[] offsets = page.Numbers(StripOffsets), lengths = page.Numbers(StripBytes);
        long needed = form.Width * form.Height * form.Bytes * form.Samples;
        if (offsets.Length != lengths.Length || needed > file.Length
            || offsets.Zip(lengths).Any(strip => (Int128)strip.First + strip.Second > file.Length))
            throw new InvalidDataException("it is cut short, or damaged");
        if (pixels.Length + needed > file.Length)
            throw new InvalidDataException("its pages share their pixels");
        long end = pixels.Length + needed;
        for (int strip = 0; strip < offsets.Length && pixels.Length < end; strip++)
            pixels.Write(file, (int)offsets[strip], (int)Math.Min(lengths[strip], end - pixels.Length));
        if (pixels.Length < end)
            throw new InvalidDataException("it has fewer pixels than it announces");
    }

    private static BioDLException Invalid(string name, string what, Exception? cause = null) =>
        new(Status.ModelInvalid, $"The test image {name} cannot be read: {what}.", "Download the model again.", cause);
}
