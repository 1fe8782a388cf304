using System.Runtime.ExceptionServices;

namespace BioDL.Core;

/// <summary>
/// Work shared among the processor's cores. Planes are locked and hosts are called on the calling thread alone; what others touch meanwhile
/// is
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

    /// <summary>
    /// Do all pieces of some work, on the calling thread and such others as come in time: one that starts late finds nothing left.
    /// </summary>
    /// <param name="pieces">each some ten microseconds or more, since calling another thread takes a few</param>
    /// <param name="work">does a piece; in any order, on any thread, touching nothing of another piece</param>
    public static void Share(int pieces, Action<int> work)
    {
        var shared = new Shared(pieces, work);
        for (int helper = Math.Min(pieces, Count) - 1; helper > 0; helper--)
            ThreadPool.UnsafeQueueUserWorkItem(shared, preferLocal: false);
        shared.Execute();
        shared.Wait();
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

    /// <summary>
    /// Pieces that several threads take one by one. Parallel.For does the same for 3 KB of garbage a call, which is one for each tile.
    /// </summary>
    private sealed class Shared(int pieces, Action<int> work) : IThreadPoolWorkItem
    {
        private int _next;
        private int _done;
        private ExceptionDispatchInfo? _error;

        public void Execute()
        {
            for (int piece; (piece = Interlocked.Increment(ref _next) - 1) < pieces;)
            {
                try
                {
                    work(piece);
                }
                catch (Exception error)
                {
                    _error = ExceptionDispatchInfo.Capture(error);
                }
                Interlocked.Increment(ref _done);
            }
        }

        /// <summary>For the pieces that others are at; none of them is long.</summary>
        public void Wait()
        {
            var spin = default(SpinWait);
            while (Volatile.Read(ref _done) < pieces)
                spin.SpinOnce();
            _error?.Throw();
        }
    }
}
