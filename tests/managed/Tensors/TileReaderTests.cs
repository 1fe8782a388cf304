using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Tensors;
using BioDL.Tests.Images;

namespace BioDL.Tests.Tensors;

public unsafe class TileReaderTests
{
    [Fact]
    public void AnyTileEqualsThePlainDefinition()
    {
        var random = new Random(21);
        using var tensor = new Tensor();
        for (int round = 0; round < 200; round++)
        {
            var type = TestImage.InputTypes[round % 4];
            int height = random.Next(1, 50), width = random.Next(1, 50), channelCount = type == PixelType.Argb32 ? 1 : random.Next(1, 4);
            var view = TestImage.Random(random, type, height, width, random.Next(1, 4), random.Next(2) == 0, channelCount);
            int read = type == PixelType.Argb32 ? random.Next(2) * 2 + 1 : channelCount;
            Scaling[] scalings = [.. Enumerable.Range(0, read).Select(c => c == 1 ? Scaling.None : Scaling.FromRange(c * 10 + 3.3, 200))];
            var window = (random.Next(height), random.Next(width), Height: random.Next(1, 90), Width: random.Next(1, 90));
            WindowReader.Read(view, window, scalings, tensor);
            Assert.Equal([1, read, window.Height, window.Width], tensor.Shape);
            AssertEqualsPlainly(view, window, scalings, tensor);
            Assert.False(((TestPlanes)view.Planes).AnyLocked);
        }
    }

    private static void AssertEqualsPlainly(ImageView view, (int Y, int X, int Height, int Width) window, Scaling[] scalings, Tensor tensor)
    {
        float* read = tensor.Data;
        for (int c = 0; c < scalings.Length; c++)
        {
            float[] values = TestImage.Values(view, Source(view, c, scalings.Length));
            for (int y = 0; y < window.Height; y++)
                for (int x = 0; x < window.Width; x++, read++)
                {
                    float pixel = values[Reflect(window.Y + y, view.Height) * view.Width + Reflect(window.X + x, view.Width)];
                    float expected = (pixel - scalings[c].Offset) / scalings[c].Divisor;
                    if (*read != (float.IsFinite(expected) ? expected : 0))
                        Assert.Fail($"{expected} at ({y}, {x}) is read as {*read}");
                }
        }
    }

    /// <summary>A network of one channel sees packed RGB as grey.</summary>
    private static InputChannel Source(ImageView view, int channel, int channels) =>
        view.Type != PixelType.Argb32 ? new(channel, PixelPart.Whole) : new(0, channels == 1 ? PixelPart.Grey : PixelPart.Red + channel);

    /// <summary>Walks to and fro instead of computing.</summary>
    private static int Reflect(int i, int size)
    {
        int at = 0, step = 1;
        for (; i > 0 && size > 1; i--)
        {
            if (at + step < 0 || at + step >= size)
                step = -step;
            at += step;
        }
        return at;
    }

    /// <summary>numpy.pad(arange(3), (0, 9), mode="reflect") and of one value.</summary>
    [Fact]
    public void MirrorsAsNumpyDoes()
    {
        Assert.Equal([0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2, 1], Enumerable.Range(0, 12).Select(i => TileReader.Mirror(i, 3)));
        Assert.Equal([0, 0, 0, 0], Enumerable.Range(0, 4).Select(i => TileReader.Mirror(i, 1)));
        Assert.Equal(int.MaxValue - 3, TileReader.Mirror(int.MaxValue + 1L, int.MaxValue));
    }

    [Fact]
    public void LargeTilesAreReadUnderSeveralShortLocks()
    {
        var view = TestImage.Random(new Random(1), PixelType.UInt16, 2100, 2100);
        var planes = (TestPlanes)view.Planes;
        using var tensor = new Tensor();
        Scaling[] scalings = [Scaling.FromRange(100, 900)];
        WindowReader.Read(view, (0, 0, 2112, 2112), scalings, tensor);
        Assert.Equal(2, planes.Locks[0]);
        AssertEqualsPlainly(view, (0, 0, 1, 2112), scalings, tensor);
        float last = tensor.Data[2112L * 2112 - 1], value = TestImage.Values(view, new(0, PixelPart.Whole))[2087 * 2100 + 2087];
        Assert.Equal((value - scalings[0].Offset) / scalings[0].Divisor, last);
    }

    [Fact]
    public void AHostThatFailsHalfWayLeavesNothingLocked()
    {
        var planes = new TestPlanes([new byte[100], new byte[100]]) { FailAt = 1 };
        var view = new ImageView
        {
            Type = PixelType.UInt8, Channels = 2, Height = 10, Width = 10, RowStride = 10, PixelStride = 1, Planes = planes,
        };
        using var tensor = new Tensor();
        Scaling[] scalings = [Scaling.None, Scaling.None];
        Assert.Equal(Status.Host, Assert.Throws<BioDLException>(() => WindowReader.Read(view, (0, 0, 16, 16), scalings, tensor)).Status);
        Assert.False(planes.AnyLocked);
    }
}
