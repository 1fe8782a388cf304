using BioDL.Core.Objects.StarConvex;

namespace BioDL.Tests.Objects.StarConvex;

public class PolygonRasterTests
{
    [Theory]
    [InlineData(3, 40, 40, 30, false)]
    [InlineData(8, 40, 40, 30, true)]
    [InlineData(32, 40, 40, 60, false)]
    [InlineData(32, 40, 40, 40, true)]
    [InlineData(16, 50, 1, 30, true)]
    [InlineData(16, 1, 50, 30, true)]
    [InlineData(9, 1, 1, 3, true)]
    public void PaintsThePixelsThatThePointInPolygonTestDoes(int rays, int height, int width, int size, bool onPixels)
    {
        var random = new Random(rays * height + width);
        var raster = new PolygonRaster(rays);
        float[] vertices = new float[2 * rays];
        bool[] painted = new bool[height * width];
        for (int round = 0; round < 300; round++)
        {
            // Any polygon, crossing itself at will, partly outside; vertices on pixels and half pixels meet the rule's edges.
            for (int k = 0; k < vertices.Length; k++)
            {
                double value = (k % 2 == 0 ? width : height) / 2 + size * (random.NextDouble() - 0.5);
                vertices[k] = (float)(onPixels ? Math.Round(2 * value) / 2 : value);
            }
            Array.Clear(painted);
            raster.Set(vertices, height, width);
            for (int row = raster.Top; row < raster.Bottom; row++)
                foreach (PixelRun run in raster.Row(row))
                    painted.AsSpan(row * width + run.Left, run.Right - run.Left + 1).Fill(true);
            for (int row = 0; row < height; row++)
                for (int column = 0; column < width; column++)
                    Assert.True(Stars.Paints(vertices, row, column) == painted[row * width + column],
                        $"round {round}, pixel ({row}, {column})");
        }
    }

    [Fact]
    public void APolygonOutsideHasNoRows()
    {
        var raster = new PolygonRaster(3);
        raster.Set([5, -20, 9, -12, 2, -11], 10, 10);
        Assert.Equal(raster.Top, raster.Bottom);
    }
}
