using BioDL.Core.Images;

namespace BioDL.Tests.Images;

public unsafe class PlaneBandTests
{
    [Theory]
    [InlineData(3000, 5000, 0)]
    [InlineData(3000, 5000, 7)]
    [InlineData(1, 10_000_000, 0)]
    [InlineData(1, 10_000_000, 1)]
    [InlineData(10_000_000, 1, 3)]
    [InlineData(3, 9_000_001, 5)]
    [InlineData(1, 1, 0)]
    public void BandsCoverAPlaneOnce(int height, int width, int gap)
    {
        long row = 2L * width + gap;
        var view = new ImageView
        {
            Type = PixelType.UInt16, Height = height, Width = width, RowStride = row, PixelStride = 2,
            Planes = new FixedPlanes(null, 1, 1, 0, 0, 0),
        };
        long next = 0, pixels = 0;
        foreach (var band in PlaneBand.Of(view))
        {
            Assert.InRange(band.Pixels, 1, PlaneBand.MaxPixels);
            Assert.Equal(next, band.Start);
            pixels += band.Pixels;
            // Bands follow each other in memory: along a long row, then on to the next rows.
            long end = band.Start + (band.Rows - 1) * row + 2L * band.Columns;
            next = gap > 0 && end % row == 2L * width ? end + gap : end;
        }
        Assert.Equal((long)height * width, pixels);
    }

    [Fact]
    public void TheLargestPlaneHasBands()
    {
        var view = new ImageView
        {
            Type = PixelType.UInt8, Height = int.MaxValue, Width = int.MaxValue, RowStride = int.MaxValue, PixelStride = 1,
            Planes = new FixedPlanes(null, 1, 1, 0, 0, 0),
        };
        Assert.All(PlaneBand.Of(view).Take(1000), band => Assert.Equal(PlaneBand.MaxPixels, band.Pixels));
    }
}
