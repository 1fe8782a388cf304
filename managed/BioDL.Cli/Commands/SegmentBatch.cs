using System.Diagnostics;
using BioDL.Cli.Output;
using BioDL.Cli.Shell;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Segmentation;
using BioDL.Models;

namespace BioDL.Cli.Commands;

/// <summary>What the options of <c>biodl segment</c> ask for.</summary>
internal sealed record SegmentRequest
{
    /// <summary>Null: the built-in model.</summary>
    internal string? Model { get; init; }
    internal required OutputPlan Plan { get; init; }
    internal required SegmentOptions Options { get; init; }

    /// <summary>From 1; null: the image has but one.</summary>
    internal int? Channel { get; init; }
    internal bool Json { get; init; }
}

/// <summary>Segments images one after the other with one model. An image that fails does not stop the others; a cancel does.</summary>
internal sealed class SegmentBatch(CommandContext context, SegmentRequest request)
{
    private readonly ObjectTable? _table = request.Plan.Table is null ? null : new ObjectTable();

    /// <returns>the exit code</returns>
    internal int Run()
    {
        using Model model = Model.Open(request.Model);
        VerbCheck.RequireStarDist(model.Description);
        int failed = 0;
        foreach (ImageTargets targets in request.Plan.Images)
        {
            var progress = new ProgressLine(context, targets.Image);
            try
            {
                ImageReport report = Segment(model, targets, progress);
                progress.Clear();
                context.Output.WriteLine(request.Json ? report.ToJson() : report.ToText());
            }
            catch (BioDLException error) when (error.Status != Status.Cancelled)
            {
                progress.Clear();
                failed++;
                Fail(targets, error);
            }
            finally
            {
                progress.Clear();
            }
        }
        if (failed < request.Plan.Images.Count)
            _table?.Write(request.Plan.Table!);
        return failed == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private ImageReport Segment(Model model, ImageTargets targets, ProgressLine progress)
    {
        long start = Stopwatch.GetTimestamp();
        using TiffImage image = TiffImage.Open(targets.Image);
        ImageView view = ChannelChoice.Of(image, model.Description.StarDist!.Channels, request.Channel);
        SegmentResult result = model.Segment(view, request.Options, progress.Report);
        LabelFile.Times times = LabelFile.Write(targets.Labels, result, image.Calibration, context.Cancel);
        long written = Stopwatch.GetTimestamp();
        if (targets.Rois is not null)
            RoiSet.Write(targets.Rois, result, image.View.Channels);
        if (targets.Objects is not null)
            WriteTable(targets.Objects, targets.Image, result, image.Calibration);
        _table?.Add(targets.Image, result, image.Calibration);
        return new ImageReport(targets, result, image.Warnings, request.Plan.Table)
        {
            Render = times.Render, Write = times.Write + Stopwatch.GetElapsedTime(written).TotalMilliseconds,
            Total = Stopwatch.GetElapsedTime(start).TotalMilliseconds,
        };
    }

    private static void WriteTable(string path, string image, SegmentResult result, Calibration calibration)
    {
        var table = new ObjectTable();
        table.Add(image, result, calibration);
        table.Write(path);
    }

    private void Fail(ImageTargets targets, BioDLException error)
    {
        string message = error.Message.Contains(targets.Image, StringComparison.Ordinal) ? error.Message : $"{targets.Image}: {error.Message}";
        context.Complain(new BioDLException(error.Status, message, error.Hint, error));
        if (!request.Json)
            return;
        context.Output.WriteLine(JsonText.Of(json =>
        {
            json.WriteString("image", targets.Image);
            json.WriteString("error", message);
            json.WriteString("hint", error.Hint);
        }));
    }
}
