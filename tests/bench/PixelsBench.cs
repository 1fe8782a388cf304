using System.Runtime.InteropServices;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Tensors;
using BioDL.Tests.Tensors;

namespace BioDL.Bench;

/// <summary>
/// Percentiles of a 4096 x 4096 plane and the fused pass that reads and normalises it, whole and in tiles. Baselines: a copy that moves as
/// many
/// bytes as the pass reads and writes, and for percentiles a plain histogram of the same pixels on one core.
/// </summary>
internal static unsafe class PixelsBench
{
    private const int Side = 4096;
    private const long Pixels = (long)Side * Side;
    private const int Runs = 15;

    public static void Run()
    {
        Console.WriteLine($"vector instructions: {InstructionSet.Name}");
        foreach (var type in (PixelType[])[PixelType.UInt16, PixelType.UInt8, PixelType.Float32, PixelType.Argb32])
            Run(type);
    }

    private static void Run(PixelType type)
    {
        nuint bytes = (nuint)(Pixels * type.Size());
        byte* pixels = (byte*)NativeMemory.AlignedAlloc(bytes, 64);
        using var tensor = new Tensor();
        FillWithCells(pixels, type);
        var view = ImageView.Contiguous(pixels, type, Side, Side);
        var sources = InputChannel.For(view, 1);
        (double Low, double High, long) range = default;
        double percentiles = Timing.Best(Runs, () => range = Percentiles.Of(view, 0, 0, sources, new(1, 99.8)));
        Scaling[] scalings = [Scaling.FromRange(range.Low, range.High)];
        double pass = Timing.Best(Runs, () => WindowReader.Read(view, (0, 0, Side, Side), scalings, tensor));
        double copy = TimeCopy((nuint)(Pixels * (type.Size() + sizeof(float)) / 2));
        double histogram = Timing.Best(Runs, () => CountPlainly(pixels, type));
        double tiles = Timing.Best(Runs, () => ReadTiles(view, scalings, tensor));
        NativeMemory.AlignedFree(pixels);
        Console.WriteLine($"{type,-8} percentiles {percentiles * 1e3:F1} ms, pass {pass * 1e3:F1} ms, together "
            + $"{(percentiles + pass) * 1e3:F1} ms; " +
            $"percentiles / plain histogram {percentiles / histogram:F2}, pass / copy of the same bytes {pass / copy:F2}, in 512 x 512 "
            + $"tiles {tiles / copy:F2}");
    }

    /// <summary>Tiles without halo, so that the same pixels are read as in the whole pass.</summary>
    private static void ReadTiles(ImageView view, Scaling[] scalings, Tensor tensor)
    {
        const int TileSide = 512;
        for (int y = 0; y < Side; y += TileSide)
            for (int x = 0; x < Side; x += TileSide)
                WindowReader.Read(view, (y, x, TileSide, TileSide), scalings, tensor);
    }

    /// <summary>The upper 16 bits of wider pixels, so that it stops where exact percentiles go on.</summary>
    private static void CountPlainly(byte* pixels, PixelType type)
    {
        int[] counts = new int[65536];
        fixed (int* bins = counts)
            switch (type.Size())
            {
                case 1:
                    for (byte* pixel = pixels, end = pixel + Pixels; pixel < end; pixel++)
                        bins[*pixel]++;
                    break;
                case 2:
                    for (ushort* pixel = (ushort*)pixels, end = pixel + Pixels; pixel < end; pixel++)
                        bins[*pixel]++;
                    break;
                default:
                    for (uint* pixel = (uint*)pixels, end = pixel + Pixels; pixel < end; pixel++)
                        bins[*pixel >> 16]++;
                    break;
            }
    }

    private static double TimeCopy(nuint bytes)
    {
        void* from = NativeMemory.AlignedAlloc(bytes, 64), to = NativeMemory.AlignedAlloc(bytes, 64);
        new Random(1).NextBytes(new Span<byte>(from, (int)bytes));
        double seconds = Timing.Best(Runs, () => NativeMemory.Copy(from, to, bytes));
        NativeMemory.AlignedFree(from);
        NativeMemory.AlignedFree(to);
        return seconds;
    }

    /// <summary>A noisy background with bright cells, as a camera gives it.</summary>
    private static void FillWithCells(byte* pixels, PixelType type)
    {
        var random = new Random(1);
        for (long i = 0; i < Pixels; i++)
        {
            bool cell = (i / Side / 32 + i % Side / 32) % 5 == 0;
            int value = (cell ? 2500 : 300) + random.Next(200);
            switch (type)
            {
                case PixelType.UInt8: pixels[i] = (byte)(value / 12); break;
                case PixelType.UInt16: ((ushort*)pixels)[i] = (ushort)value; break;
                case PixelType.Float32: ((float*)pixels)[i] = value / 7f; break;
                default: ((uint*)pixels)[i] = 0xff000000 | (uint)(value / 12) * 0x010101; break;
            }
        }
    }
}
