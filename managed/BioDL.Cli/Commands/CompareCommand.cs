using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using BioDL.Cli.Matching;
using BioDL.Cli.Shell;
using BioDL.Core.Objects.Matching;

namespace BioDL.Cli.Commands;

/// <summary><c>biodl compare</c>: how well label images agree with a reference.</summary>
internal static class CompareCommand
{
    private const string About = """
        Compares label images with a reference: AP = TP / (TP + FP + FN), precision, recall and F1 at IoU 0.5 to 0.9, as mean over images
        and pooled over all objects. Files are paired by name; labels may be any whole numbers, 0 is background. The pages of a stack are
        matched one by one and counted together. An image in which nothing matches counts 0, also when both of a pair are empty.
        """;

    internal static Command Create(CommandContext context)
    {
        var reference = new Argument<string>("REFERENCE-FOLDER") { Description = "label TIFFs that are the truth" };
        var labels = new Argument<string>("LABELS-FOLDER") { Description = "label TIFFs that are measured" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("compare", About.ReplaceLineEndings(" ")) { reference, labels, json };
        command.SetAction(parsed =>
        {
            var comparison = FolderComparison.Of(parsed.GetRequiredValue(reference), parsed.GetRequiredValue(labels), context.Cancel);
            context.Output.WriteLine(parsed.GetValue(json) ? JsonText.Of(writer => Write(writer, comparison)) : Table(comparison));
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>A line a threshold, for people.</summary>
    internal static string Table(FolderComparison comparison)
    {
        MatchCounts first = comparison.Pooled(0);
        var lines = new List<string>
        {
            $"{comparison.Images.Count} images, {first.TruePositives + first.FalseNegatives} reference objects, "
                + $"{first.TruePositives + first.FalsePositives} labels",
            "        mean over images              pooled over all objects",
            "IoU     AP    prec. recall  F1        AP    prec. recall  F1        TP      FP      FN",
        };
        for (int i = 0; i < FolderComparison.Thresholds.Length; i++)
        {
            MatchCounts all = comparison.Pooled(i);
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"{FolderComparison.Thresholds[i]:0.00}    {comparison.Mean(i, c => c.AveragePrecision):0.000} "
                + $"{comparison.Mean(i, c => c.Precision):0.000} "
                + $"{comparison.Mean(i, c => c.Recall):0.000} {comparison.Mean(i, c => c.F1):0.000}     {all.AveragePrecision:0.000} "
                + $"{all.Precision:0.000} "
                + $"{all.Recall:0.000} {all.F1:0.000} {all.TruePositives,7} {all.FalsePositives,7} {all.FalseNegatives,7}"));
        }
        return string.Join(Environment.NewLine, lines);
    }

    private static void Write(Utf8JsonWriter json, FolderComparison comparison)
    {
        json.WriteNumber("images", comparison.Images.Count);
        json.WriteStartArray("thresholds");
        for (int i = 0; i < FolderComparison.Thresholds.Length; i++)
        {
            int at = i;
            json.WriteStartObject();
            json.WriteNumber("iou", FolderComparison.Thresholds[i]);
            json.WriteStartObject("mean");
            WriteScores(json, measure => comparison.Mean(at, measure));
            json.WriteEndObject();
            json.WriteStartObject("pooled");
            WriteScores(json, measure => measure(comparison.Pooled(at)));
            WriteCounts(json, comparison.Pooled(at));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("per_image");
        foreach (ImageScore image in comparison.Images)
        {
            json.WriteStartObject();
            json.WriteString("image", image.Name);
            json.WriteStartArray("ap");
            foreach (MatchCounts counts in image.Counts)
                json.WriteNumberValue(counts.AveragePrecision);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteScores(Utf8JsonWriter json, Func<Func<MatchCounts, double>, double> value)
    {
        json.WriteNumber("ap", value(counts => counts.AveragePrecision));
        json.WriteNumber("precision", value(counts => counts.Precision));
        json.WriteNumber("recall", value(counts => counts.Recall));
        json.WriteNumber("f1", value(counts => counts.F1));
    }

    private static void WriteCounts(Utf8JsonWriter json, MatchCounts counts)
    {
        json.WriteNumber("tp", counts.TruePositives);
        json.WriteNumber("fp", counts.FalsePositives);
        json.WriteNumber("fn", counts.FalseNegatives);
    }
}
