using BioDL.Core;

namespace BioDL.Tests;

public class CoresTests
{
    [Fact]
    public void Every_piece_is_done_once()
    {
        for (int pieces = 0; pieces < 200; pieces++)
        {
            int[] done = new int[pieces];
            Cores.Share(pieces, piece => Interlocked.Increment(ref done[piece]));
            Assert.All(done, times => Assert.Equal(1, times));
        }
    }

    [Fact]
    public void What_a_piece_throws_reaches_the_caller() =>
        Assert.Throws<InvalidOperationException>(() =>
            Cores.Share(50, piece => _ = piece == 31 ? throw new InvalidOperationException() : piece));

    [Fact]
    public void Rows_are_covered_once_whatever_their_width()
    {
        foreach (int rows in (int[])[1, 2, 7, 64, 1000])
            foreach (long width in (long[])[1, 100, 16384, 1 << 22, long.MaxValue])
            {
                int[] done = new int[rows];
                Cores.ShareRows(rows, width, (first, end) =>
                {
                    for (int row = first; row < end; row++)
                        Interlocked.Increment(ref done[row]);
                });
                Assert.All(done, times => Assert.Equal(1, times));
            }
    }
}
