using System.Diagnostics;
using System.Text;
using BioDL.Cli.Output;
using BioDL.Cli.Shell;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Prediction;
using BioDL.Models;

namespace BioDL.Cli.Commands;

/// <summary>Runs one model over images, one after the other. An image that fails does not stop the others; a cancel does.</summary>
internal sealed class PredictBatch(CommandContext context, PredictRequest request)
{
    /// <returns>the exit code</returns>
    internal int Run()
    {
        using Model model = Model.Open(request.Model);
        VerbCheck.Require(request.Verb, model.Description);
        string[] names = [.. model.Description.Outputs.Select(output => output.Id.Length > 0 ? output.Id : output.Name)];
        IReadOnlyList<IReadOnlyList<string>> paths = request.PlanOnly ? [.. request.Images.Select(_ => Array.Empty<string>())] : ResultPaths.Of(request, names);
        int failed = 0;
        for (int i = 0; i < request.Images.Count; i++)
        {
            string image = request.Images[i];
            var progress = new ProgressLine(context, image);
            try
            {
                string report = request.PlanOnly ? Plan(model, image) : Predict(model, image, paths[i], progress);
                progress.Clear();
                context.Output.WriteLine(report);
            }
            catch (BioDLException error) when (error.Status != Status.Cancelled)
            {
                progress.Clear();
                failed++;
                Fail(image, error);
            }
            finally
            {
                progress.Clear();
            }
        }
        return failed == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private string Plan(Model model, string path)
    {
        using TiffImage image = TiffImage.Open(path);
        PredictionPlan plan = model.Plan(Inputs(model, image), Options(model, image));
        var report = new PlanReport(path, plan, output => ResultType.Of(output, image.View.Type, request));
        return request.Json ? report.ToJson() : report.ToText();
    }

    private string Predict(Model model, string path, IReadOnlyList<string> paths, ProgressLine progress)
    {
        long start = Stopwatch.GetTimestamp();
        using TiffImage image = TiffImage.Open(path);
        (ImageView[] inputs, PredictionOptions options) = (Inputs(model, image), Options(model, image));
        PredictionPlan plan = model.Plan(inputs, options);
        var results = new List<ResultImage>();
        try
        {
            for (int i = 0; i < plan.Outputs.Count; i++)
                results.Add(new ResultImage(paths[i], plan.Outputs[i], model.Description.Outputs[i], image, request));
            PredictionResult run = model.Run(inputs, options, progress.Report, [.. results.Select(result => result.View)]);
            long written = Stopwatch.GetTimestamp();
            foreach (ResultImage result in results)
                result.Commit(run.Provenance);
            if (request.Provenance)
                results.ForEach(result => WriteProvenance(result.Path, run.Provenance));
            var report = new PredictReport(path, results, run, image.Warnings)
            {
                Files = Stopwatch.GetElapsedTime(written).TotalMilliseconds, Total = Stopwatch.GetElapsedTime(start).TotalMilliseconds,
            };
            return request.Json ? report.ToJson() : report.ToText();
        }
        finally
        {
            results.ForEach(result => result.Dispose());
        }
    }

    /// <summary>Every input sees the image; which of its channels, the options say.</summary>
    private static ImageView[] Inputs(Model model, TiffImage image) => [.. model.Description.Inputs.Select(_ => image.View)];

    private PredictionOptions Options(Model model, TiffImage image) => request.Options with
    {
        Channels = [.. model.Description.Inputs.Select(input => ChannelList.Of(request.Channels, [input.Id, input.Name], image.Path, image.ChannelNames))],
    };

    internal static void WriteProvenance(string result, string provenance) =>
        SafeFile.Write(Path.ChangeExtension(result, ".json"), stream => stream.Write(Encoding.UTF8.GetBytes(provenance + "\n")));

    private void Fail(string image, BioDLException error)
    {
        string message = error.Message.Contains(image, StringComparison.Ordinal) ? error.Message : $"{image}: {error.Message}";
        context.Complain(new BioDLException(error.Status, message, error.Hint, error));
        if (!request.Json)
            return;
        context.Output.WriteLine(JsonText.Of(json =>
        {
            json.WriteString("image", image);
            json.WriteString("error", message);
            json.WriteString("hint", error.Hint);
        }));
    }
}
