using BioDL.Bench;

// Usage: BioDL.Bench [VERB...]; without a verb all of them run. Each prints ratios against a baseline that runs beside it.
(string Verb, Action Run)[] benches =
[
    ("suppression", SuppressionBench.Run),
    ("render", RenderBench.Run),
    ("pixels", PixelsBench.Run),
    ("end-to-end", EndToEndBench.Run),
    ("predict", RunBench.Run),
    ("import", ImportBench.Run),
    ("torch", TorchBench.Run),
    ("training", TrainingBench.Run),
    ("tiff", TiffBench.Run),
    ("batch", BatchBench.Run),
];

if (args is [EndToEndBench.ChildVerb, string kind, string side])
    return EndToEndBench.Child(kind, int.Parse(side));

foreach (string verb in args)
    if (!benches.Any(bench => bench.Verb == verb))
    {
        Console.Error.WriteLine($"there is no bench '{verb}'; there are {string.Join(", ", benches.Select(bench => bench.Verb))}");
        return 2;
    }
foreach ((string verb, Action run) in benches)
    if (args.Length == 0 || args.Contains(verb))
    {
        Console.WriteLine($"== {verb}");
        run();
    }
return 0;
