using System.Globalization;
using System.Text.Json;
using BioDL.Cli.Shell;
using BioDL.Core.Training;
using BioDL.Models.Training;

namespace BioDL.Cli.Training;

/// <summary>Plan, progress and result of a training, for people and for programs.</summary>
internal static class TrainingText
{
    internal static string Of(TrainingPlan plan)
    {
        List<string> lines =
        [
            string.Create(CultureInfo.InvariantCulture,
                $"{plan.Method.Id()}: {plan.TrainingSamples} image(s) to train on, {plan.ValidationSamples} for validation"),
            string.Create(CultureInfo.InvariantCulture,
                $"  {plan.Schedule.Steps} steps of {plan.Patches.Batch} patches of {string.Join(" x ", plan.Patches.Size)} pixels"),
            string.Create(CultureInfo.InvariantCulture,
                $"  U-Net of depth {plan.Network.Depth}, {plan.Network.Filters} filters, {plan.Network.Channels} channel(s)"),
            string.Create(CultureInfo.InvariantCulture,
                $"  about {Duration(60 * plan.Minutes)}, {plan.MemoryBytes >> 20} MiB of memory, {plan.DiskBytes >> 20} MiB on disk"),
            .. plan.Notes.Select(note => $"  {note}"),
        ];
        return string.Join(Environment.NewLine, lines);
    }

    internal static string Json(TrainingPlan plan) => JsonText.Of(json =>
    {
        json.WriteString("event", "plan");
        json.WriteString("method", plan.Method.Id());
        json.WriteNumber("training_images", plan.TrainingSamples);
        json.WriteNumber("validation_images", plan.ValidationSamples);
        json.WriteNumber("steps", plan.Schedule.Steps);
        json.WriteNumbers("patch", plan.Patches.Size.Select(size => (long)size));
        json.WriteNumber("batch", plan.Patches.Batch);
        json.WriteRounded("minutes", plan.Minutes);
        json.WriteNumber("memory_bytes", plan.MemoryBytes);
        json.WriteNumber("disk_bytes", plan.DiskBytes);
        json.WriteStrings("notes", plan.Notes);
    });

    /// <summary>What was seen when the images were read.</summary>
    internal static string Json(IReadOnlyList<string> notes) => JsonText.Of(json =>
    {
        json.WriteString("event", "images");
        json.WriteStrings("notes", notes);
    });

    /// <summary>One line, for a person who watches.</summary>
    internal static string Of(TrainingProgress progress, double? validation)
    {
        string state = progress.State switch
        {
            TrainingState.Queued => "waiting for another training",
            TrainingState.Preparing => "preparing",
            TrainingState.Yielding => "yielding to a run",
            TrainingState.Finishing => "finishing",
            _ => string.Create(CultureInfo.InvariantCulture, $"step {progress.Step} of {progress.Steps}"),
        };
        string loss = progress.Loss is { } value ? string.Create(CultureInfo.InvariantCulture, $", loss {value:0.0000}") : "";
        string checkedOn = validation is { } best ? string.Create(CultureInfo.InvariantCulture, $", validation {best:0.0000}") : "";
        string left = progress.State == TrainingState.Training && progress.SecondsLeft > 0 ? $", {Duration(progress.SecondsLeft)} left"
            : "";
        return state + loss + checkedOn + left;
    }

    internal static string Json(TrainingProgress progress) => JsonText.Of(json =>
    {
        json.WriteString("event", progress.ValidationLoss is null ? "progress" : "validation");
        json.WriteString("state", progress.State.ToString().ToLowerInvariant());
        json.WriteNumber("step", progress.Step);
        json.WriteNumber("steps", progress.Steps);
        Number(json, "loss", progress.Loss);
        Number(json, "validation_loss", progress.ValidationLoss);
        Figures(json, progress.Figures);
        json.WriteRounded("seconds", progress.Seconds);
        json.WriteRounded("seconds_left", progress.SecondsLeft);
        json.WriteNumber("memory_bytes", progress.MemoryBytes);
        json.WriteString("message", progress.Message);
    });

    internal static string Of(string name, TrainingResult result)
    {
        List<string> lines = [$"{name} is installed as {result.ModelId}"];
        if (result.Figures.Count > 0)
            lines.Add("  validation: " + string.Join(", ", result.Figures.OrderBy(figure => figure.Key, StringComparer.Ordinal)
                .Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key} {figure.Value:0.####}"))));
        lines.Add($"  report: {result.Report}");
        lines.AddRange(result.Warnings.Select(warning => $"  {warning}"));
        return string.Join(Environment.NewLine, lines);
    }

    internal static string Json(string name, TrainingResult result) => JsonText.Of(json =>
    {
        json.WriteString("event", "done");
        json.WriteString("name", name);
        json.WriteString("model", result.ModelId);
        json.WriteString("path", result.Path);
        json.WriteString("report", result.Report);
        Figures(json, result.Figures);
        json.WriteStrings("warnings", result.Warnings);
    });

    internal static string Duration(double seconds) => seconds < 100
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds):0} s")
        : seconds < 6000 ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h");

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known && double.IsFinite(known))
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    private static void Figures(Utf8JsonWriter json, IReadOnlyDictionary<string, double> figures)
    {
        json.WriteStartObject("figures");
        foreach ((string name, double value) in figures)
            Number(json, name, value);
        json.WriteEndObject();
    }
}
