using BioDL.Core;
using BioDL.Core.Steps;
using BioDL.Models.Files;
using BioDL.Models.Readers;

namespace BioDL.Tests.Models.Descriptions;

/// <summary>Macros of config.deepimagej: the twin of a step, a known normalisation, or refused by name.</summary>
public class DeepImageJTests
{
    private const string Fixed = "// numbers of the training\nparamMean = 12.5;\nparamStd = 4;\n\n// to float\nrun(\"32-bit\");\n"
        + "run(\"Subtract...\", \"value=\"+paramMean);\nrun(\"Divide...\", \"value=\"+paramStd);\n";
    private const string Linear = "gain = 0.5;\noffset = -1;\nrun(\"32-bit\");\nrun(\"Multiply...\", \"value=\" + gain);\n"
        + "run(\"Add...\", \"value=\" + offset);\n";
    private const string OfImage = "run(\"32-bit\");\ngetStatistics(_, mean, min, max, std,_);\nprint(\"Mean value:\"+mean)\n"
        + "print(\"Standard deviation value:\"+std)\nrun(\"Subtract...\", \"value=\"+mean);\nrun(\"Divide...\", \"value=\"+std);";

    public static TheoryData<string, string[]> Known => new()
    {
        { Fixed, ["fixed_zero_mean_unit_variance (mean 12.5, std 4)"] },
        { Fixed.Replace("\n", "\r\n"), ["fixed_zero_mean_unit_variance (mean 12.5, std 4)"] },
        { Linear, ["scale_linear (x * 0.5 + -1)"] },
        { OfImage, [new ZeroMeanUnitVariance(StatisticAxes.Plane, 0).Describe()] },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void A_known_normalisation_becomes_a_step(string macro, string[] steps) =>
        Assert.Equal(steps, Read(Package("m.ijm"), ("m.ijm", macro)).Inputs![0].Processing.Select(step => step.Describe()));

    /// <summary>One more statement, another command, a number where none is set, or nothing at all: it is not the known macro.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("// normalises\n")]
    [InlineData(Fixed + "run(\"Gaussian Blur...\", \"sigma=1\");")]
    [InlineData("run(\"32-bit\");\nrun(\"Divide...\", \"value=255\");")]
    [InlineData("paramMean = 12.5;\nparamStd = 0;\nrun(\"32-bit\");\nrun(\"Subtract...\", \"value=\"+paramMean);\n"
        + "run(\"Divide...\", \"value=\"+paramStd);")]
    [InlineData(null)]
    public void All_else_is_refused_by_name(string? macro)
    {
        foreach (string side in (string[])["preprocess", "postprocess"])
        {
            (string, string)[] files = macro is null ? [] : [("m.ijm", macro)];
            var error = Assert.Throws<BioDLException>(() => Read(Package("m.ijm", side), files));
            Assert.Equal(Status.ModelUnsupported, error.Status);
            Assert.Contains("\"m.ijm\"", error.Message);
            Assert.Contains(side, error.Message);
        }
    }

    [Theory]
    [InlineData("{spec: 'Processing.jar My_Class'}", "Processing.jar")]
    [InlineData("{spec: 'ij.IJ::runMacroFile', kwargs: [a.txt, b.txt]}", "a.txt")]
    [InlineData("{spec: 'ij.IJ::runMacroFile'}", "runMacroFile")]
    public void Classes_and_lists_are_named(string entry, string name) =>
        Assert.Contains(name, Assert.Throws<BioDLException>(() => Read(Package(entry: entry))).Message);

    [Theory]
    [InlineData("null")]
    [InlineData("[{spec: null}]")]
    [InlineData("[{spec: null, kwargs: null}]")]
    [InlineData("[]")]
    public void Nothing_is_nothing(string entries) =>
        Assert.Empty(Read(Described.Old("bcyx", "[1, 1, 64, 64]", "[1, 1, 64, 64]")
            + $"\nconfig: {{deepimagej: {{prediction: {{preprocess: {entries}}}}}}}\n").Inputs![0].Processing);

    /// <summary>The step of the description counts, and counts once, whatever numbers the macro beside it was exported with.</summary>
    [Theory]
    [InlineData("per_sample_scale_range.ijm",
        "{name: scale_range, kwargs: {mode: per_sample, axes: yx, min_percentile: 5, max_percentile: 95}}", true)]
    [InlineData("raw_per_sample_scale_range.ijm", "{name: scale_range, kwargs: {mode: per_sample, axes: yx}}", true)]
    [InlineData("zero_mean_unit_variance.ijm", "{name: zero_mean_unit_variance, kwargs: {mode: per_sample, axes: yx}}", true)]
    [InlineData("fixed_zero_mean_unit_variance.ijm", "{name: zero_mean_unit_variance, kwargs: {mode: fixed, mean: 1, std: 2}}", true)]
    [InlineData("per_sample_scale_range.ijm", "{name: scale_linear, kwargs: {gain: 2}}", false)]
    [InlineData("sharpen.ijm", "{name: scale_range, kwargs: {mode: per_sample, axes: yx}}", false)]
    public void A_twin_of_a_step_does_not_count_twice(string macro, string step, bool isTwin)
    {
        string text = Package(macro).Replace("preprocessing: []", $"preprocessing: [{step}]");
        if (isTwin)
            Assert.Single(Read(text, (macro, Fixed)).Inputs![0].Processing);
        else
            Assert.Contains(macro, Assert.Throws<BioDLException>(() => Read(text, (macro, Fixed))).Message);
    }

    [Fact]
    public void A_macro_of_one_slice_says_nothing_of_channels()
    {
        string text = Package("m.ijm").Replace("[1, 1, 64, 64]", "[1, 3, 64, 64]");
        Assert.Throws<BioDLException>(() => Read(text, ("m.ijm", Fixed)));
    }

    [Fact]
    public void Suppression_of_stardist_is_done_here()
    {
        string text = Described.Old("bcyx", "[1, 1, 64, 64]", "[1, 1, 64, 64]") + """

            config:
              stardist: {thresholds: {prob: 0.5, nms: 0.4}, config: {n_dim: 2, n_rays: 32, grid: [2, 2], n_channel_in: 1}}
              deepimagej: {prediction: {postprocess: [{spec: 'ij.IJ::runMacroFile', kwargs: StarDist_Post-processing.ijm}]}}
            """;
        Assert.Equal(32, Read(text).StarDist!.Rays);
        Assert.Throws<BioDLException>(() => Read(text.Replace("  stardist:", "  starfish:")));
    }

    [Theory]
    [InlineData("allow_tiling: false", true, 0)]
    [InlineData("allow_tiling: true", false, 0)]
    [InlineData("pyramidal_model: true", false, 1)]
    [InlineData("sharpen: 2", false, 1)]
    [InlineData("prediction: {between: [a]}", false, 1)]
    public void What_else_it_says_is_done_or_told(string entry, bool isWhole, int notes)
    {
        ModelDraft draft = Read(Described.Old("bcyx", "[1, 1, 64, 64]", "[1, 1, 64, 64]") + $"\nconfig: {{deepimagej: {{{entry}}}}}\n");
        Assert.Equal((isWhole, notes), (draft.IsWhole, draft.Description.Notes.Count));
    }

    private static string Package(string macro = "", string side = "preprocess", string? entry = null) =>
        Described.Old("bcyx", "[1, 1, 64, 64]", "[1, 1, 64, 64]")
        + $"\nconfig: {{deepimagej: {{prediction: {{{side}: [{entry ?? $"{{spec: 'ij.IJ::runMacroFile', kwargs: {macro}}}"}]}}}}}}\n";

    private static ModelDraft Read(string text, params (string Name, string Text)[] files)
    {
        using ModelFolder folder = new ModelFolder().With("rdf.yaml", text).With("weights.onnx", "not read here");
        foreach ((string name, string content) in files)
            folder.With(name, content);
        return new BioimageioReader().Read(new ModelLocation(new FolderFiles(folder.Path, "the package"), null))!;
    }
}
