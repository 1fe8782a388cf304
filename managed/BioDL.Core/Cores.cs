namespace BioDL.Core;

/// <summary>
/// Work shared among the processor's cores. Planes are locked and hosts are called on the calling thread alone; what others touch meanwhile is
/// memory that it holds for them.
/// </summary>
internal static class Cores
{
    /// <summary>More workers than this are held up by memory.</summary>
    private const int Most = 8;

    /// <summary>64 KB of float32: they stay in a core's cache while one pass after the other goes over them.</summary>
    private const int ValuesOfPiece = 1 << 14;

    /// <summary>Workers at most.</summary>
    public static int Count { get; } = Math.Min(Most, Environment.ProcessorCount);

    /// <summary>Do all pieces of some work, on the calling thread and such others as come in time: one that starts late finds nothing left.</summary>
    /// <param name="pieces">each some ten microseconds or more, since calling another thread takes a few</param>
    /// <param name="work">does a piece; in any order, on any thread, touching nothing of another piece</param>
    public static void Share(int pieces, Action<int> work)
    {
        int workers = Math.Min(pieces, Count), next = 0;
        void TakePieces()
        {
            for (int piece; (piece = Interlocked.Increment(ref next) - 1) < pieces;)
                work(piece);
        }
        if (workers <= 1)
            TakePieces();
        else
            Parallel.For(0, workers, _ => TakePieces());
    }

    /// <summary>The same over the rows of a block of values, some <see cref="ValuesOfPiece"/> at a time.</summary>
    /// <param name="rows">rows</param>
    /// <param name="width">values of a row</param>
    /// <param name="work">does the rows from the first to before the second</param>
    public static void ShareRows(int rows, long width, Action<int, int> work)
    {
        int each = (int)Math.Clamp(ValuesOfPiece / Math.Max(1, width), 1, Math.Max(1, rows));
        Share((rows + each - 1) / each, piece => work(piece * each, Math.Min(rows, (piece + 1) * each)));
    }
}
