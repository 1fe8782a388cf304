using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;

namespace BioDL.Tests.Objects.StarConvex;

public unsafe class LabelPainterTests
{
    private const int Height = 60;
    private const int Width = 70;

    [Theory]
    [InlineData(PixelType.UInt16, 2, false)]
    [InlineData(PixelType.UInt32, 4, false)]
    [InlineData(PixelType.Float32, 4, true)]
    [InlineData(PixelType.UInt16, 6, true)]
    public void EveryPixelIsWrittenWithTheMostProbableOnTop(PixelType type, int pixelStride, bool mirrored)
    {
        SegmentedObjects result = Crowded(1, 1, LabelScope.PerPlane);
        int rowStride = Width * pixelStride + 10;
        byte[] memory = new byte[Height * rowStride];
        Array.Fill(memory, (byte)0xA5);
        fixed (byte* data = memory)
        {
            ImageView view = ImageView.Contiguous(data, type, Height, Width) with
            {
                RowStride = mirrored ? -rowStride : rowStride,
                PixelStride = mirrored ? -pixelStride : pixelStride,
                Offset = mirrored ? (Height - 1) * rowStride + (Width - 1) * pixelStride : 0,
            };
            LabelPainter.Paint(result, view);
            using PlaneLock plane = view.Lock(0);
            for (int y = 0; y < Height; y++)
                for (int x = 0; x < Width; x++)
                    Assert.Equal(Expected(result, 0, 0, y, x), Read(type, plane.Pixel(y, x)));
        }
    }

    [Theory]
    [InlineData(LabelScope.PerPlane)]
    [InlineData(LabelScope.Unique)]
    public void PlanesHaveTheirOwnObjects(LabelScope scope)
    {
        SegmentedObjects result = Crowded(2, 3, scope);
        uint[] pixels = Paint(result);
        for (int plane = 0; plane < 6; plane++)
        {
            uint[] seen = [.. pixels.Skip(plane * Height * Width).Take(Height * Width).Distinct().Where(label => label != 0)];
            long[] labels = [.. result.Objects.Where(star => star.Frame * 3 + star.Slice == plane).Select(star => star.Label)];
            Assert.All(seen, label => Assert.Contains(label, labels));
            Assert.Equal(scope == LabelScope.PerPlane ? 1 : result.Objects.Count(star => star.Frame * 3 + star.Slice < plane) + 1,
                labels[0]);
        }
        Assert.Equal(scope == LabelScope.Unique, result.Objects.Select(star => star.Label).Distinct().Count() == result.Objects.Length);
    }

    [Fact]
    public void BandsMakeUpTheWhole()
    {
        SegmentedObjects result = Crowded(2, 2, LabelScope.Unique);
        uint[] whole = Paint(result), band = new uint[7 * Width];
        for (int row = 0; row < Height; row += 7)
        {
            int rows = Math.Min(7, Height - row);
            fixed (uint* data = band)
                LabelPainter.PaintRows(result, 1, 0, ImageView.Contiguous(data, PixelType.UInt32, rows, Width), row);
            Assert.Equal(whole.AsSpan((2 * Height + row) * Width, rows * Width), band.AsSpan(0, rows * Width));
        }
    }

    [Theory]
    [InlineData(PixelType.UInt16, 65_535, true)]
    [InlineData(PixelType.UInt16, 65_536, false)]
    [InlineData(PixelType.Float32, 1 << 24, true)]
    [InlineData(PixelType.Float32, (1 << 24) + 1, false)]
    [InlineData(PixelType.UInt32, 1L << 31, true)]
    public void ALabelThatDoesNotFitIsAnErrorBeforeTheFirstWrite(PixelType type, long label, bool fits)
    {
        SegmentedObjects result = Crowded(1, 1, LabelScope.PerPlane);
        result.Objects[0].Label = label;
        byte[] memory = new byte[Height * Width * type.Size()];
        fixed (byte* data = memory)
        {
            ImageView view = ImageView.Contiguous(data, type, Height, Width);
            if (fits)
            {
                LabelPainter.Paint(result, view);
                Assert.Equal((double)label, Read(type,
                    data + ((int)result.Objects[0].CenterY * Width + (int)result.Objects[0].CenterX) * type.Size()));
                return;
            }
            Assert.Equal(Status.LabelOverflow, Assert.Throws<BioDLException>(() => LabelPainter.Paint(result, view)).Status);
            Assert.All(memory, value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void MoreThan65535LabelsArePainted()
    {
        const int Side = 600;
        var list = new CandidateList(4);
        for (int y = 0; y < Side; y += 2)
            for (int x = 0; x < Side; x += 2)
                list.Add(y, x, 1 - (y * Side + x) * 1e-6f, [0.4f, 0.4f, 0.4f, 0.4f]);
        var builder = new ObjectBuilder(4, Side, Side, LabelScope.PerPlane);
        builder.AddPlane(list, Suppression.Survivors(list, 0.4, VertexMode.Exact), 0, 0);
        SegmentedObjects result = Stars.Result(builder, 4, Side, Side);
        uint[] pixels = new uint[Side * Side];
        fixed (uint* data = pixels)
            LabelPainter.Paint(result, ImageView.Contiguous(data, PixelType.UInt32, Side, Side));
        Assert.Equal(90_000u, pixels.Max());
        Assert.Equal(90_000, pixels.Count(label => label != 0));
        Assert.Equal(90_000, pixels.Where(label => label != 0).Distinct().Count());
    }

    [Fact]
    public void PlanesAreLockedInPairsAndNotWhileTheHostIsAsked()
    {
        const int Large = 1500;
        var builder = new ObjectBuilder(4, Large, Large, LabelScope.PerPlane);
        builder.AddPlane(new CandidateList(4), [], 0, 0);
        using var planes = new WatchedPlanes(Large * Large * 2);
        var view = new ImageView
        {
            Type = PixelType.UInt16, Height = Large, Width = Large, RowStride = 2 * Large, PixelStride = 2, Planes = planes,
        };
        LabelPainter.Paint(Stars.Result(builder, 4, Large, Large), view, () =>
        {
            Assert.False(planes.Locked);
            return false;
        });
        Assert.False(planes.Locked);
        // At least one lock for every 2^18 pixels, so that none lasts.
        Assert.InRange(planes.Locks, (Large * Large >> 18) + 1, Large);
        Assert.True(planes.AllZero);
    }

    [Fact]
    public void OtherSizesTypesAndChannelsAreRefused()
    {
        SegmentedObjects result = Crowded(1, 1, LabelScope.PerPlane);
        uint[] pixels = new uint[2 * Height * Width];
        fixed (uint* data = pixels)
        {
            ImageView right = ImageView.Contiguous(data, PixelType.UInt32, Height, Width);
            foreach (ImageView wrong in (ImageView[])[right with { Height = Height - 1 }, right with { Frames = 2 },
                right with { Channels = 2 },
                right with { Type = PixelType.UInt8 }, right with { Type = PixelType.Argb32 }])
                Assert.Equal(Status.InvalidArgument, Assert.Throws<BioDLException>(() => LabelPainter.Paint(result, wrong)).Status);
            ImageView band = right with { Height = 10 };
            Assert.Equal(Status.InvalidArgument,
                Assert.Throws<BioDLException>(() => LabelPainter.PaintRows(result, 0, 0, band, Height - 9)).Status);
            Assert.Equal(Status.Cancelled, Assert.Throws<BioDLException>(() => LabelPainter.Paint(result, right, () => true)).Status);
        }
        Assert.All(pixels, label => Assert.Equal(0u, label));
    }

    private static SegmentedObjects Crowded(int frames, int slices, LabelScope scope)
    {
        var builder = new ObjectBuilder(12, Height, Width, scope);
        for (int plane = 0; plane < frames * slices; plane++)
        {
            CandidateList candidates = Stars.Crowd(plane, 300, 12, 9, 0.4, Width + 10);
            builder.AddPlane(candidates, Suppression.Survivors(candidates, 0.4, VertexMode.Exact), plane / slices, plane % slices);
        }
        return Stars.Result(builder, 12, Height, Width, frames, slices);
    }

    private static uint[] Paint(SegmentedObjects result)
    {
        uint[] pixels = new uint[result.Frames * result.Slices * Height * Width];
        fixed (uint* data = pixels)
            LabelPainter.Paint(result, ImageView.Contiguous(data, PixelType.UInt32, Height, Width, result.Frames, result.Slices));
        return pixels;
    }

    private static double Expected(SegmentedObjects result, int frame, int slice, int y, int x)
    {
        for (int n = 0; n < result.Objects.Length; n++)
            if (result.Objects[n].Frame == frame && result.Objects[n].Slice == slice &&
                Stars.Paints(result.Vertices.AsSpan(n * result.Rays * 2, result.Rays * 2), y, x))
                return result.Objects[n].Label;
        return 0;
    }

    private static double Read(PixelType type, byte* pixel) => type switch
    {
        PixelType.UInt16 => *(ushort*)pixel,
        PixelType.Float32 => *(float*)pixel,
        _ => *(uint*)pixel,
    };

    private sealed class WatchedPlanes : IPlanes, IDisposable
    {
        private readonly byte* _data;
        private readonly int _bytes;

        public WatchedPlanes(int bytes)
        {
            _data = (byte*)System.Runtime.InteropServices.NativeMemory.Alloc((nuint)bytes);
            _bytes = bytes;
            new Span<byte>(_data, bytes).Fill(1);
        }

        public int Locks { get; private set; }
        public bool Locked { get; private set; }
        public bool AllZero => !new Span<byte>(_data, _bytes).ContainsAnyExcept((byte)0);

        public byte* Lock(long plane)
        {
            Assert.False(Locked);
            Locked = true;
            Locks++;
            return _data;
        }

        public void Unlock(long plane, byte* start, bool written)
        {
            Assert.True(Locked && written && start == _data);
            Locked = false;
        }

        public void Dispose() => System.Runtime.InteropServices.NativeMemory.Free(_data);
    }
}
