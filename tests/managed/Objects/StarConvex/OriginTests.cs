using BioDL.Core.Objects.StarConvex;

namespace BioDL.Tests.Objects.StarConvex;

/// <summary>Vertices of a block are those of the whole, moved by whole pixels: to the bit, where single precision gets coarser.</summary>
public sealed class OriginTests
{
    [Fact]
    public void Vertices_of_a_block_are_those_of_the_whole()
    {
        var random = new Random(11);
        for (int run = 0; run < 20_000; run++)
        {
            float[] distances = [.. Enumerable.Range(0, 32).Select(_ => random.NextSingle() * MathF.Pow(2, random.Next(-2, 9)))];
            (long Y, long X) origin = (random.Next(1 << random.Next(1, 21)), random.Next(1 << random.Next(1, 21)));
            (int y, int x) = (random.Next(4096), random.Next(4096));
            var (blockY, blockX) = Vertices(distances, (y, x), origin);
            var (wholeY, wholeX) = Vertices(distances, (y + origin.Y, x + origin.X), (0, 0));
            for (int k = 0; k < 32; k++)
            {
                Assert.Equal(wholeY[k] - (double)origin.Y, (double)blockY[k]);
                Assert.Equal(wholeX[k] - (double)origin.X, (double)blockX[k]);
                Assert.Equal(wholeY[k], blockY[k] + origin.Y);
            }
        }
    }

    private static (float[] Y, float[] X) Vertices(float[] distances, (float Y, float X) center, (long Y, long X) origin)
    {
        float[] y = new float[distances.Length], x = new float[distances.Length];
        StarVertices.Reported(distances, center, origin, y, x);
        return (y, x);
    }
}
