using System.Diagnostics;
using System.Globalization;
using BioDL.Fuzz;

// dotnet run --project tests/fuzz -c Release -- [COUNT [FIRST [KIND]]]
// Opens COUNT mutants (20,000) from number FIRST (0), of all kinds or of one such as TIFF, and prints what became of them; ends with 1 when
// something happened that must not.
// Mutants are the same on every machine with the same seeds. A mutant that ended the program is named in current.txt of the folder that is
// printed first.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int count = args.Length > 0 ? int.Parse(args[0]) : 20_000, first = args.Length > 1 ? int.Parse(args[1]) : 0;
string root = Directory.CreateTempSubdirectory("biodl-fuzz-").FullName;
foreach (string name in new[] { "work", "tmp", "home" })
    Directory.CreateDirectory(Path.Combine(root, name));
// Whatever is written lands under the root, where it is seen.
Directory.SetCurrentDirectory(Path.Combine(root, "work"));
foreach ((string variable, string value) in new[] { ("BIODL_CACHE", "cache"), ("TMPDIR", "tmp"), ("HOME", "home"),
    ("XDG_CACHE_HOME", "home"), ("XDG_DATA_HOME", "home") })
    Environment.SetEnvironmentVariable(variable, Path.Combine(root, value));
Console.WriteLine($"watching {root}");
string? shared = Environment.GetEnvironmentVariable("BIODL_SHARED");
List<Package> seeds = Seeds.All(shared);
if (args.Length > 2)
    seeds = [.. seeds.Where(seed => seed.Kind == args[2])];
Console.WriteLine(shared is null ? "BIODL_SHARED is not set: only the seeds made here" : $"seeds of {shared}, too");

var campaign = new Campaign(seeds, root);
int said = 0;
campaign.Run(first, count, number =>
{
    for (; said < campaign.Finds.Count; said++)
        Console.WriteLine($"find #{campaign.Finds[said].Number} {campaign.Finds[said].Kind}: {campaign.Finds[said].What}");
    if (number % 1000 == 0)
        Console.WriteLine($"{DateTime.Now:HH:mm:ss} {number}");
});

Console.WriteLine($"{"kind",-18} {"mutants",8} {"accepted",9} {"planned",8} {"ran",6} {"verified",9} {"slowest s",10}  refused");
foreach ((string kind, Figures f) in campaign.ByKind.OrderBy(pair => pair.Key))
{
    string refused = string.Join(", ", f.Refused.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"));
    Console.WriteLine($"{kind,-18} {f.Mutants,8} {f.Accepted,9} {f.Planned,8} {f.Ran,6} {f.Verified,9} {f.Slowest,7:0.00} "
        + $"#{f.SlowestNumber}  {refused}");
}
Console.WriteLine($"{campaign.ByKind.Values.Sum(f => f.Mutants)} mutants, {campaign.ByKind.Values.Sum(f => f.Accepted)} accepted, "
    + $"{campaign.ByKind.Values.Sum(f => f.Ran)} run, slowest {campaign.ByKind.Values.Max(f => f.Slowest):0.00} s, {campaign.Finds.Count} "
    + $"finds, {campaign.Slow.Count} slow");
foreach (Find find in campaign.Finds.Concat(campaign.Slow))
    Console.WriteLine($"#{find.Number} {find.Kind}: {find.What}");
Console.WriteLine($"most memory of the program: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
Directory.SetCurrentDirectory("/");
Directory.Delete(root, recursive: true);
return campaign.Finds.Count + campaign.Slow.Count == 0 ? 0 : 1;
