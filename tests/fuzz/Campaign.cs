using System.Diagnostics;
using BioDL.Core;

namespace BioDL.Fuzz;

/// <summary>Something that must not happen.</summary>
/// <param name="Number">of the mutant, which makes it again</param>
/// <param name="Kind">of its seed</param>
/// <param name="What">happened</param>
internal sealed record Find(int Number, string Kind, string What);

/// <summary>Figures of one kind of seed.</summary>
internal sealed class Figures
{
    internal int Mutants { get; set; }
    internal int Accepted { get; set; }
    internal int Planned { get; set; }
    internal int Ran { get; set; }
    internal int Verified { get; set; }
    internal Dictionary<Status, int> Refused { get; } = [];
    internal double Slowest { get; set; }
    internal int SlowestNumber { get; set; }
}

/// <summary>
/// Mutants by number, each opened in a thread of its own that has five seconds, in a folder that is watched: whatever appears beside the
/// mutant and
/// outside of the cache is a find.
/// </summary>
internal sealed class Campaign(IReadOnlyList<Package> seeds, string root, int runEvery = 4, int verifyEvery = 40)
{
    internal const double MostSeconds = 5;
    private readonly string _folder = Path.Combine(root, "mutants"), _cache = Path.Combine(root, "cache"),
        _current = Path.Combine(root, "current.txt");
    private readonly string[] _kinds = [.. seeds.Select(seed => seed.Kind).Distinct()];

    internal Dictionary<string, Figures> ByKind { get; } = [];

    internal List<Find> Finds { get; } = [];

    /// <summary>
    /// Mutants that took longer than <see cref="MostSeconds"/> twice: worth a look on a quiet machine, no fault on a busy one.
    /// </summary>
    internal List<Find> Slow { get; } = [];

    internal void Run(int first, int count, Action<int>? progress = null)
    {
        Directory.CreateDirectory(_folder);
        Directory.CreateDirectory(_cache);
        for (int number = first; number < first + count; number++)
        {
            One(number);
            if (number % 50 == 0)
            {
                CheckWrites(number);
                Directory.Delete(_cache, recursive: true);
                Directory.CreateDirectory(_cache);
                progress?.Invoke(number);
            }
        }
        CheckWrites(first + count - 1);
    }

    private void One(int number)
    {
        var random = new Random(number);
        string kind = _kinds[number % _kinds.Length];
        Package[] fitting = [.. seeds.Where(seed => seed.Kind == kind)];
        Package mutant = Mutator.Mutate(fitting[random.Next(fitting.Length)], random);
        Figures figures = ByKind.TryGetValue(kind, out Figures? known) ? known : ByKind[kind] = new Figures();
        File.WriteAllText(_current, $"{number} {kind}");
        string folder = Path.Combine(_folder, $"{number}");
        Directory.CreateDirectory(folder);
        string path = mutant.Write(folder, kind switch { "ONNX" => "x.onnx", "TIFF" => "x.tif", _ => "x.zip" });
        string[] before = Content(folder);
        bool run = random.Next(runEvery) == 0, verify = kind == "test tensors" || random.Next(verifyEvery) == 0;
        (Outcome? outcome, double seconds) = Try(path, run, verify, number, kind);
        // A busy machine is no hang: the second time counts, too.
        if (seconds > MostSeconds && outcome is not null)
            (outcome, seconds) = Try(path, run, verify, number, kind);
        if (seconds > MostSeconds)
            Slow.Add(new Find(number, kind, $"took {seconds:0.0} s"));
        Count(figures, outcome, number, seconds);
        if (!Content(folder).SequenceEqual(before))
            Finds.Add(new Find(number, kind, "wrote into its own folder"));
        Directory.Delete(folder, recursive: true);
    }

    private (Outcome?, double) Try(string path, bool run, bool verify, int number, string kind)
    {
        Outcome? outcome = null;
        Exception? error = null;
        long start = Stopwatch.GetTimestamp();
        var thread = new Thread(() =>
        {
            try
            {
                outcome = Trial.Of(path, run, verify);
            }
            catch (Exception thrown)
            {
                error = thrown;
            }
        }, 16 << 20)
        { IsBackground = true };
        thread.Start();
        bool ended = thread.Join(TimeSpan.FromSeconds(12 * MostSeconds));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (!ended)
            Finds.Add(new Find(number, kind, "did not end"));
        if (error is not null)
            Finds.Add(new Find(number, kind, error.ToString()));
        return (outcome, seconds);
    }

    private static void Count(Figures figures, Outcome? outcome, int number, double seconds)
    {
        figures.Mutants++;
        if (outcome is null)
            return;
        if (outcome.Status is { } status)
            figures.Refused[status] = figures.Refused.GetValueOrDefault(status) + 1;
        else
            figures.Accepted++;
        figures.Planned += outcome.Planned ? 1 : 0;
        figures.Ran += outcome.Ran ? 1 : 0;
        figures.Verified += outcome.Verified ? 1 : 0;
        if (seconds > figures.Slowest)
            (figures.Slowest, figures.SlowestNumber) = (seconds, number);
    }

    // All else that is under the root was not written by this program.
    private void CheckWrites(int number)
    {
        foreach (string path in Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories))
        {
            bool ours = path == _folder || path == _cache || path == _current
                || path.StartsWith(_cache + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                || path == Path.Combine(root, "work") || path == Path.Combine(root, "tmp") || path == Path.Combine(root, "home");
            if (!ours)
                Finds.Add(new Find(number, "write", $"{path} appeared"));
        }
    }

    private static string[] Content(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
