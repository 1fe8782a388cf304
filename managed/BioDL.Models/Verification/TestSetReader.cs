using BioDL.Core;
using BioDL.Models.Files;
using BioDL.Models.Readers;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Verification;

/// <summary>
/// Finds a package's test tensors: `test_tensor` of each tensor in bioimage.io's format 0.5, `test_inputs` and `test_outputs` of format 0.4
/// and
/// earlier, and the two TIFF files that Fiji's plugins of CSBDeep write.
/// </summary>
internal static class TestSetReader
{
    /// <returns>the tensors, or why there are none</returns>
    /// <exception cref="BioDLException">The description cannot be read.</exception>
    public static (TestSet? Set, string WhyNot) Of(ModelLocation location)
    {
        IModelFiles files = location.Files;
        if (DescriptionFinder.Of(location) is not { } found)
            return (null, "the package has no description with test tensors");
        YamlMappingNode root = found.Root;
        if (location.Chosen is { } chosen && !DescriptionFinder.IsYaml(chosen) && !Weights(root).Contains(chosen))
            return (null, $"{found.Name} beside it does not describe {chosen}");
        YamlNode[] inputs = [.. root.Get("inputs").Items()], outputs = [.. root.Get("outputs").Items()];
        bool csbDeep = (root.Get("format_version").Text() ?? "").EndsWith("-csbdeep", StringComparison.Ordinal);
        bool fromFiji = csbDeep && root.Get("language").Text() != "python";
        var set = new TestSet
        {
            Files = files, IsBare = fromFiji, IsScaledBack = csbDeep && !fromFiji,
            Inputs = [.. inputs.Select((node, i) => Tensor(node, Listed(root, "test_input", i), fromFiji))],
            Outputs = [.. outputs.Select((node, i) => Tensor(node, Listed(root, "test_output", i), fromFiji))],
            Tolerances = [.. Tolerances(root.Get("config", "bioimageio"))],
        };
        return Missing(set) is { } missing ? (null, missing) : (set, "");
    }

    private static string? Missing(TestSet set)
    {
        TestTensor[] all = [.. set.Inputs, .. set.Outputs];
        if (set.Inputs.Count == 0 || set.Outputs.Count == 0)
            return "the package has no description with test tensors";
        if (all.FirstOrDefault(tensor => tensor.File.Length == 0) is { } none)
            return $"the package has no test tensor for {none.Id}";
        if (all.FirstOrDefault(tensor => tensor.File.Contains("://", StringComparison.Ordinal)) is { } remote)
            return $"the test tensor of {remote.Id} is not in the package, but at {remote.File}";
        return all.FirstOrDefault(tensor => !set.Files.Exists(tensor.File)) is { } lost ? $"the package lacks its test tensor {lost.File}"
            : null;
    }

    // 0.4: a list of names. CSBDeep: one name. 0.5: in the tensor itself.
    private static YamlNode? Listed(YamlNode root, string name, int index) =>
        root.Get(name) ?? root.Get(name + "s").Items().ElementAtOrDefault(index);

    private static TestTensor Tensor(YamlNode node, YamlNode? listed, bool fromFiji)
    {
        YamlNode? test = node.Get("test_tensor") ?? listed;
        string source = test.Text() ?? test.Get("source").Text() ?? "";
        if (source.StartsWith("./", StringComparison.Ordinal))
            source = source[2..];
        string axes = node.Get("axes").Text() ?? string.Concat(node.Get("axes").Items().Select(Letter));
        // SCIFIO's X, Y order: the plugin feeds the network with the first axis as its y, so the file's rows are the network's columns.
        if (fromFiji)
            axes = axes.Replace("yx", "xy", StringComparison.Ordinal);
        return new TestTensor(node.Get("id").Text() ?? node.Get("name").Text() ?? "", axes, source,
            test.Get("sha256").Text()?.ToLowerInvariant());
    }

    private static string Letter(YamlNode axis) => axis.Get("type").Text() switch
    {
        "batch" => "b",
        "channel" => "c",
        "time" => "t",
        "space" => axis.Get("id").Text() ?? "x",
        _ => "?",
    };

    private static IEnumerable<ToleranceRule> Tolerances(YamlNode? config)
    {
        foreach (YamlNode rule in config.Get("reproducibility_tolerance").Items())
        {
            var standard = new Tolerance();
            yield return new ToleranceRule(new Tolerance(rule.Get("absolute_tolerance").Number() ?? standard.Absolute,
                rule.Get("relative_tolerance").Number() ?? standard.Relative, rule.Get("mismatched_elements_per_million").Number()
                    ?? standard.PerMillion),
                Texts(rule.Get("output_ids")), Texts(rule.Get("weights_formats")));
        }
        // The earlier way to say it: test_kwargs of a format of weights.
        if (config.Get("test_kwargs") is not YamlMappingNode kwargs)
            yield break;
        foreach ((YamlNode format, YamlNode values) in kwargs.Children)
        {
            yield return new ToleranceRule(new Tolerance(values.Get("absolute_tolerance").Number() ?? 1e-3,
                values.Get("relative_tolerance").Number() ?? 1e-3),
                [], [format.Text() ?? ""]);
        }
    }

    private static string[] Texts(YamlNode? list) => [.. list.Items().Select(item => item.Text()).OfType<string>()];

    private static IEnumerable<string?> Weights(YamlNode root) =>
        root.Get("weights") is YamlMappingNode weights ? weights.Children.Values.Select(entry => entry.Get("source").Text()) : [];
}
