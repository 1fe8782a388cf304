using System.Runtime.InteropServices;
using BioDL.Core.Images;

namespace BioDL.Tests.Objects.StarConvex;

/// <summary>
/// An image of smooth bright discs with texture and noise on a dark ground: enough for a network to find nuclei. Always the same for one
/// seed.
/// </summary>
internal sealed unsafe class Specimen<T> : IDisposable
    where T : unmanaged
{
    private readonly T* _data;

    public Specimen(PixelType type, int height, int width, int frames = 1, int slices = 1, int channels = 1)
    {
        nuint bytes = (nuint)sizeof(T) * (nuint)height * (nuint)width * (nuint)(frames * slices * channels);
        _data = (T*)NativeMemory.AllocZeroed(bytes);
        View = ImageView.Contiguous(_data, type, height, width, frames, slices, channels);
    }

    public ImageView View { get; }

    public Span<T> Pixels => new(_data, checked((int)(View.PixelsPerPlane * View.Frames * View.Slices * View.Channels)));

    public Span<T> Plane(int number) => Pixels.Slice((int)(number * View.PixelsPerPlane), (int)View.PixelsPerPlane);

    public void Dispose() => NativeMemory.Free(_data);
}

internal static class Specimens
{
    /// <summary>One plane of UInt16 nuclei, about one in each 48 x 48 pixels.</summary>
    public static Specimen<ushort> Nuclei(int height, int width, int seed = 1, int frames = 1, int slices = 1)
    {
        var specimen = new Specimen<ushort>(PixelType.UInt16, height, width, frames, slices);
        for (int plane = 0; plane < frames * slices; plane++)
            Draw(specimen.Plane(plane), height, width, new Random(seed + plane));
        return specimen;
    }

    private static void Draw(Span<ushort> pixels, int height, int width, Random random)
    {
        float[] image = new float[pixels.Length];
        int count = Math.Max(1, height * width / (48 * 48));
        for (int n = 0; n < count; n++)
        {
            float cy = random.NextSingle() * height, cx = random.NextSingle() * width, a = 8 + 9 * random.NextSingle(),
            b = a * (0.6f + 0.4f * random.NextSingle());
            var (sin, cos) = MathF.SinCos(random.NextSingle() * MathF.PI);
            float level = 600 + 1400 * random.NextSingle(), phase = random.NextSingle() * 6;
            for (int y = Math.Max(0, (int)(cy - 20)); y < Math.Min(height, cy + 20); y++)
            {
                for (int x = Math.Max(0, (int)(cx - 20)); x < Math.Min(width, cx + 20); x++)
                {
                    float u = ((x - cx) * cos + (y - cy) * sin) / a, v = ((y - cy) * cos - (x - cx) * sin) / b;
                    float edge = 1 / (1 + MathF.Exp(12 * (MathF.Sqrt(u * u + v * v) - 1)));
                    float texture = 1 + 0.15f * MathF.Sin(x * 0.9f + phase) * MathF.Cos(y * 0.7f - phase);
                    image[y * width + x] = Math.Max(image[y * width + x], level * edge * texture);
                }
            }
        }
        for (int i = 0; i < image.Length; i++)
        {
            float noise = random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f;
            pixels[i] = (ushort)Math.Clamp(120 + image[i] + noise * (8 + MathF.Sqrt(image[i])), 0, 65535);
        }
    }
}
