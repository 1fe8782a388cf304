using System.Runtime.InteropServices;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;
using BioDL.Models;

namespace BioDL.Bench;

/// <summary>
/// A UInt16 plane of soft discs on a noisy ground, one in each 3,500 pixels, and a label image of its size. Equal in every run.
/// </summary>
internal sealed unsafe class NucleiImage : IDisposable
{
    private readonly ushort* _pixels;
    private readonly ushort* _labels;

    public NucleiImage(int side)
    {
        nuint count = (nuint)side * (nuint)side;
        _pixels = (ushort*)NativeMemory.Alloc(count, sizeof(ushort));
        _labels = (ushort*)NativeMemory.AllocZeroed(count, sizeof(ushort));
        Pixels = ImageView.Contiguous(_pixels, PixelType.UInt16, side, side);
        Labels = ImageView.Contiguous(_labels, PixelType.UInt16, side, side);
        new Span<ushort>(_labels, (int)count).Fill(1);
        var random = new Random(1);
        for (nuint i = 0; i < count; i++)
            _pixels[i] = (ushort)(100 + random.Next(40));
        for (long n = (long)count / 3500; n > 0; n--)
            Disc(random.Next(side), random.Next(side), 8 + 8 * random.NextSingle(), 400 + random.Next(1200), side);
    }

    public ImageView Pixels { get; }

    public ImageView Labels { get; }

    /// <summary>Segment the pixels into the labels.</summary>
    public SegmentedObjects Segment(Model model, RunOptions options) =>
        model.Segment(Pixels, options, new StarOptions(), null, new StarImages { Labels = Labels });

    /// <summary>Bytes that the host would hold: image and labels.</summary>
    public long Bytes => 2 * sizeof(ushort) * Pixels.PixelsPerPlane;

    public void Dispose()
    {
        NativeMemory.Free(_pixels);
        NativeMemory.Free(_labels);
    }

    private void Disc(int cy, int cx, float radius, int level, int side)
    {
        int reach = (int)radius + 2;
        for (int y = Math.Max(0, cy - reach); y < Math.Min(side, cy + reach); y++)
        {
            for (int x = Math.Max(0, cx - reach); x < Math.Min(side, cx + reach); x++)
            {
                float distance = MathF.Sqrt((y - cy) * (y - cy) + (x - cx) * (x - cx));
                int value = 100 + (int)(level * Math.Clamp(radius - distance, 0, 2) / 2);
                ref ushort pixel = ref _pixels[(long)y * side + x];
                pixel = (ushort)Math.Max(pixel, value);
            }
        }
    }
}
