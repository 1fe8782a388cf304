using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Tensors;
using BioDL.Core.Tiles;
using BioDL.Tests.Images;

namespace BioDL.Tests.Tensors;

public unsafe class TileReaderTests
{
    private static Tile At(int y, int x, int height, int width) =>
        new(y, x, height, width) { OwnTop = 0, OwnLeft = 0, OwnBottom = 0, OwnRight = 0 };

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
            var channels = InputChannel.For(view, type == PixelType.Argb32 ? random.Next(2) * 2 + 1 : channelCount)
                .Select((source, c) => new ScaledChannel(source, c == 1 ? Scaling.None : Scaling.FromRange(c * 10 + 3.3, 200))).ToArray();
            var tile = At(random.Next(height), random.Next(width), random.Next(1, 90), random.Next(1, 90));
            TileReader.Read(view, 0, 0, tile, channels, tensor);
            Assert.Equal([1, channels.Length, tile.Height, tile.Width], tensor.Shape);
            AssertEqualsPlainly(view, tile, channels, tensor);
            Assert.False(((TestPlanes)view.Planes).AnyLocked);
        }
    }

    private static void AssertEqualsPlainly(ImageView view, Tile tile, ScaledChannel[] channels, Tensor tensor)
    {
        float* read = tensor.Data;
        foreach (var channel in channels)
        {
            float[] values = TestImage.Values(view, channel.Source);
            for (int y = 0; y < tile.Height; y++)
                for (int x = 0; x < tile.Width; x++, read++)
                {
                    float pixel = values[Reflect(tile.Y + y, view.Height) * view.Width + Reflect(tile.X + x, view.Width)];
                    float expected = (pixel - channel.Scaling.Offset) / channel.Scaling.Divisor;
                    if (*read != (float.IsFinite(expected) ? expected : 0))
                        Assert.Fail($"{expected} at ({y}, {x}) is read as {*read}");
                }
        }
    }

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
        ScaledChannel[] channels = [new(new(0, PixelPart.Whole), Scaling.FromRange(100, 900))];
        var tile = At(0, 0, 2112, 2112);
        TileReader.Read(view, 0, 0, tile, channels, tensor);
        Assert.Equal(2, planes.Locks[0]);
        AssertEqualsPlainly(view, tile with { Height = 1 }, channels, tensor);
        float last = tensor.Data[2112L * 2112 - 1], value = TestImage.Values(view, channels[0].Source)[2087 * 2100 + 2087];
        Assert.Equal((value - channels[0].Scaling.Offset) / channels[0].Scaling.Divisor, last);
    }

    [Fact]
    public void AHostThatFailsHalfWayLeavesNothingLocked()
    {
        var planes = new TestPlanes([new byte[100], new byte[100]]) { FailAt = 1 };
        var view = new ImageView { Type = PixelType.UInt8, Channels = 2, Height = 10, Width = 10, RowStride = 10, PixelStride = 1, Planes = planes };
        using var tensor = new Tensor();
        ScaledChannel[] channels = [new(new(0, PixelPart.Whole), Scaling.None), new(new(1, PixelPart.Whole), Scaling.None)];
        Assert.Equal(Status.Host, Assert.Throws<BioDLException>(() => TileReader.Read(view, 0, 0, At(0, 0, 16, 16), channels, tensor)).Status);
        Assert.False(planes.AnyLocked);
    }
}
