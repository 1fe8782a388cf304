namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// Grows labels into the background, as skimage.segmentation.expand_labels: a background pixel goes to the object whose nearest pixel is
/// nearest, as far as <paramref name="reach"/>, by Euclidean distance between pixel centres; of two as near to the more probable. No pixel
/// changes its object, so that neighbours meet halfway and never overlap.
/// <para>
/// Exact, band by band: down and up the columns for the nearest label above and below (within reach), then along each row every such
/// column spreads as far as its distance leaves. Memory is that of a band and its surroundings, <c>3 * reach</c> rows or so.
/// </para>
/// </summary>
/// <param name="height">of the image, in pixels</param>
/// <param name="width">of the image, in pixels</param>
/// <param name="reach">in pixels, 0 to <see cref="Most"/></param>
internal sealed class LabelGrowth(int height, int width, double reach)
{
    /// <summary>More than this is no neighbourhood any more, and takes memory and time accordingly.</summary>
    public const int Most = 1000;

    /// <summary>Lengths in calibrated units become pixels by a division, which must not lose the last pixel.</summary>
    private const double Rounding = 1e-6;

    private const int BandPixels = 1 << 18;

    private readonly int _rows = (int)Math.Floor(reach + Rounding);
    private readonly double _limit = (reach + Rounding) * (reach + Rounding);
    private readonly uint[] _best = new uint[width];
    private readonly int[] _square = new int[width];

    /// <summary>The pixels that each label gains.</summary>
    /// <param name="labels">of one plane, the most probable object first</param>
    /// <param name="cancelled">asked between bands; true ends the call</param>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public LabelRuns Added(LabelRuns labels, Func<bool>? cancelled = null)
    {
        List<(int Number, LabelRun Run)> sorted = labels.ByRow(), added = [];
        int bandRows = Math.Clamp(Math.Max(_rows, BandPixels / width), 1, height), first = 0;
        for (int row = 0; row < height; row += bandRows)
        {
            if (cancelled is not null && cancelled())
                throw new BioDLException(Status.Cancelled, "growing the labels was cancelled");
            int end = Math.Min(row + bandRows, height);
            for (; first < sorted.Count && sorted[first].Run.Row < row - _rows; first++)
            {
            }
            int last = first;
            for (; last < sorted.Count && sorted[last].Run.Row < end + _rows; last++)
            {
            }
            if (last > first)
                Grow(sorted.GetRange(first, last - first), row, end, added);
        }
        return LabelRuns.Of(labels.Count, added);
    }

    /// <summary>The rows from <paramref name="row"/> to before <paramref name="end"/>; the runs are those within reach of them.</summary>
    private void Grow(List<(int Number, LabelRun Run)> runs, int row, int end, List<(int Number, LabelRun Run)> added)
    {
        var near = new ColumnDistances(runs, (row, end), width, _rows);
        for (int y = row; y < end; y++)
        {
            Spread(near, y - row);
            for (int x = 0; x < width; x++)
            {
                if (_best[x] == 0 || near.Distance(y - row, x) == 0)
                    continue;
                int left = x;
                while (x + 1 < width && _best[x + 1] == _best[left] && near.Distance(y - row, x + 1) != 0)
                    x++;
                added.Add(((int)_best[left] - 1, new LabelRun(y, left, x)));
            }
        }
    }

    /// <summary>For each pixel of a row the nearest label within reach; of equal ones the first.</summary>
    private void Spread(ColumnDistances near, int row)
    {
        Array.Clear(_best);
        for (int x = 0; x < width; x++)
        {
            int distance = near.Distance(row, x);
            // Inside a run the row's own ends are nearer.
            bool inside = distance == 0 && x > 0 && x + 1 < width && near.Distance(row, x - 1) == 0 && near.Distance(row, x + 1) == 0;
            if (distance > _rows || inside)
                continue;
            uint label = near.Label(row, x);
            int wide = (int)Math.Sqrt(_limit - (double)distance * distance), right = Math.Min(width - 1, x + wide);
            for (int to = Math.Max(0, x - wide); to <= right; to++)
            {
                int square = distance * distance + (to - x) * (to - x);
                if (_best[to] == 0 || square < _square[to] || square == _square[to] && label < _best[to])
                    (_best[to], _square[to]) = (label, square);
            }
        }
    }

    /// <summary>For each pixel of some rows the nearest label in its column, and how far it is; of equal ones the first.</summary>
    private sealed class ColumnDistances
    {
        private const int Far = int.MaxValue / 2;

        private readonly int _width;
        private readonly int[] _distance;
        private readonly uint[] _label;

        public ColumnDistances(List<(int Number, LabelRun Run)> runs, (int First, int End) rows, int width, int reach)
        {
            _width = width;
            _distance = new int[checked((rows.End - rows.First) * width)];
            _label = new uint[_distance.Length];
            Array.Fill(_distance, Far);
            int[] since = new int[width];
            uint[] last = new uint[width];
            Array.Fill(since, Far);
            int next = 0;
            for (int y = rows.First - reach; y < rows.End; y++)
            {
                Pass(since);
                for (; next < runs.Count && runs[next].Run.Row <= y; next++)
                    Start(runs[next], since, last);
                Merge(y - rows.First, rows, since, last);
            }
            Array.Fill(since, Far);
            next = runs.Count - 1;
            for (int y = rows.End + reach - 1; y >= rows.First; y--)
            {
                Pass(since);
                for (; next >= 0 && runs[next].Run.Row >= y; next--)
                    Start(runs[next], since, last);
                Merge(y - rows.First, rows, since, last);
            }
        }

        public int Distance(int row, int x) => _distance[row * _width + x];

        /// <summary>Number + 1.</summary>
        public uint Label(int row, int x) => _label[row * _width + x];

        private static void Pass(int[] since)
        {
            for (int x = 0; x < since.Length; x++)
                since[x] += since[x] < Far ? 1 : 0;
        }

        private static void Start((int Number, LabelRun Run) at, int[] since, uint[] last)
        {
            Array.Clear(since, at.Run.Left, at.Run.Length);
            Array.Fill(last, (uint)at.Number + 1, at.Run.Left, at.Run.Length);
        }

        private void Merge(int row, (int First, int End) rows, int[] since, uint[] last)
        {
            if (row < 0 || row >= rows.End - rows.First)
                return;
            for (int x = 0, at = row * _width; x < _width; x++, at++)
                if (since[x] < _distance[at] || since[x] == _distance[at] && since[x] < Far && last[x] < _label[at])
                    (_distance[at], _label[at]) = (since[x], last[x]);
        }
    }
}
