using System.Diagnostics;
using BioDL.Cli.Output;
using BioDL.Cli.Shell;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Prediction;
using BioDL.Models;
using BioDL.Models.Files;

namespace BioDL.Cli.Commands;

/// <summary><c>biodl run</c> over files that are named one by one: tensors in .npy files, or images, in and out.</summary>
internal sealed class TensorRun(CommandContext context, PredictRequest request)
{
    /// <returns>the exit code</returns>
    internal int Run()
    {
        using Model model = Model.Open(request.Model);
        ModelDescription about = model.Description;
        string[] inputs = [.. about.Inputs.Select(input => Named("--input", request.Inputs, [input.Id, input.Name]) ?? throw new UsageException($"--input {input.Name}=FILE is missing"))];
        string?[] outputs = [.. about.Outputs.Select(output => Named("--output", request.Outputs, [output.Id, output.Name]))];
        RequireKnown("--input", request.Inputs, about.Inputs.SelectMany(input => new[] { input.Id, input.Name }));
        RequireKnown("--output", request.Outputs, about.Outputs.SelectMany(output => new[] { output.Id, output.Name }));
        ResultPaths.Check(request, inputs, outputs.OfType<string>().Select(path => (path, "one output")));
        string source = string.Join(", ", inputs);
        var held = new List<IDisposable>();
        var progress = new ProgressLine(context, inputs[0]);
        try
        {
            string report = Run(model, inputs, outputs, source, progress, held);
            progress.Clear();
            context.Output.WriteLine(report);
            return ExitCode.Ok;
        }
        finally
        {
            progress.Clear();
            held.ForEach(one => one.Dispose());
        }
    }

    private string Run(Model model, string[] inputs, string?[] outputs, string source, ProgressLine progress, List<IDisposable> held)
    {
        long start = Stopwatch.GetTimestamp();
        var images = new TiffImage?[inputs.Length];
        var views = new ImageView[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (IsNpy(inputs[i]))
            {
                views[i] = Tensor(inputs[i], model.Description.Inputs[i], held);
                continue;
            }
            held.Add(images[i] = TiffImage.Open(inputs[i]));
            views[i] = images[i]!.View;
        }
        PredictionOptions options = request.Options with { Channels = [.. model.Description.Inputs.Select((input, i) => Channels(input, inputs[i], images[i], views[i]))] };
        PredictionPlan plan = model.Plan(views, options);
        if (request.PlanOnly)
        {
            var planned = new PlanReport(source, plan, output => ResultType.Of(output, views[0].Type, request));
            return request.Json ? planned.ToJson() : planned.ToText();
        }
        var results = new List<(ResultFile File, ImageView View, Action<string> Commit)?>();
        for (int i = 0; i < outputs.Length; i++)
            results.Add(outputs[i] is { } path ? Result(path, plan.Outputs[i], model.Description.Outputs[i], images.FirstOrDefault(image => image is not null), views[0], held) : null);
        PredictionResult run = model.Run(views, options, progress.Report, [.. results.Select(result => result?.View)]);
        long written = Stopwatch.GetTimestamp();
        foreach (var result in results)
            result?.Commit(run.Provenance);
        if (request.Provenance)
            outputs.OfType<string>().ToList().ForEach(path => PredictBatch.WriteProvenance(path, run.Provenance));
        var report = new PredictReport(source, [.. results.Select(result => result?.File)], run, [.. images.OfType<TiffImage>().SelectMany(image => image.Warnings)])
        {
            Files = Stopwatch.GetElapsedTime(written).TotalMilliseconds, Total = Stopwatch.GetElapsedTime(start).TotalMilliseconds,
        };
        return request.Json ? report.ToJson() : report.ToText();
    }

    private IReadOnlyList<int> Channels(InputTensor input, string path, TiffImage? image, ImageView view) =>
        ChannelList.Of(request.Channels, [input.Id, input.Name], path, image?.ChannelNames ?? [.. Enumerable.Repeat("", view.Channels)]);

    private ImageView Tensor(string path, InputTensor input, List<IDisposable> held)
    {
        NpyArray array = Npy.Read(path);
        held.Add(array);
        string axes = request.Axes ?? input.Axes;
        // The batch, and then a single channel, need not be there.
        if (request.Axes is null && axes.Length > array.Shape.Count)
            axes = axes.Replace("b", "", StringComparison.Ordinal);
        if (request.Axes is null && axes.Length > array.Shape.Count && input.Channels == 1)
            axes = axes.Replace("c", "", StringComparison.Ordinal);
        if (axes.Any(axis => !"btczyx".Contains(axis, StringComparison.Ordinal)) || axes.Distinct().Count() != axes.Length)
            throw new UsageException($"--axes takes letters out of b, t, c, z, y, x, each once, not '{axes}'");
        return array.View(axes, path);
    }

    private (ResultFile, ImageView, Action<string>)? Result(string path, PredictedOutput output, OutputTensor tensor, TiffImage? image, ImageView input, List<IDisposable> held)
    {
        PixelType type = ResultType.Of(output, input.Type, request);
        if (IsNpy(path))
        {
            string axes = ArrayAxes(output, tensor);
            long[] shape = [.. axes.Select(axis => (long)(axis switch { 'z' => output.Slices, 'c' => output.Channels, 'y' => output.Height, 'x' => output.Width, _ => output.Frames }))];
            NpyArray array = NpyArray.Create(output.DataType == "bool" && type == PixelType.UInt8 ? "bool" : type.ToString().ToLowerInvariant(), shape);
            held.Add(array);
            return (new ResultFile(output.Name, path, $"{NpyArray.ShapeText(shape)} ({string.Join(", ", axes.ToUpperInvariant().ToCharArray())})", type), array.View(axes, path),
                _ => SafeFile.Write(path, stream => Npy.Write(stream, array)));
        }
        var file = new HyperstackFile(path, new Hyperstack
        {
            Type = type, Frames = output.Frames, Slices = output.Slices, Channels = output.Channels, Height = output.Height, Width = output.Width,
            ChannelNames = output.ChannelNames, Calibration = (image?.Calibration ?? new Calibration()).Rescaled(output.PixelPitch),
        });
        held.Add(file);
        return (new ResultFile(output.Name, path, PlanReport.Size(output), type), file.View, file.Commit);
    }

    /// <summary>The tensor's own axes, and a z where there are slices that it does not have.</summary>
    private static string ArrayAxes(PredictedOutput output, OutputTensor tensor)
    {
        string axes = tensor.Axes;
        if (output.Frames > 1 && !axes.Contains('b', StringComparison.Ordinal))
            axes = "b" + axes;
        if (output.Channels > 1 && !axes.Contains('c', StringComparison.Ordinal))
            axes = axes.Insert(axes.StartsWith('b') ? 1 : 0, "c");
        return output.Slices > 1 && !axes.Contains('z', StringComparison.Ordinal) ? axes.Insert(axes.StartsWith('b') ? 1 : 0, "z") : axes;
    }

    private static string? Named(string option, IReadOnlyList<(string Name, string File)> files, string[] names)
    {
        string[] found = [.. files.Where(file => names.Contains(file.Name)).Select(file => file.File)];
        return found.Length > 1 ? throw new UsageException($"{option} names {names[^1]} twice") : found.FirstOrDefault();
    }

    private static void RequireKnown(string option, IReadOnlyList<(string Name, string File)> files, IEnumerable<string> names)
    {
        string[] known = [.. names.Where(name => name.Length > 0).Distinct()];
        foreach ((string name, _) in files)
        {
            if (!known.Contains(name))
                throw new UsageException($"{option} {name}: the model has {string.Join(", ", known)}");
        }
    }

    private static bool IsNpy(string path) => Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);
}
