using System.Runtime.InteropServices;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Models.Verification;

namespace BioDL.Fuzz;

/// <summary>What became of a mutant.</summary>
/// <param name="Status">null: accepted</param>
/// <param name="Planned">a tiny image was planned</param>
/// <param name="Ran">a tiny image was run through it, too</param>
/// <param name="Verified">it was run over its own test tensors, too</param>
internal sealed record Outcome(Status? Status, bool Planned = false, bool Ran = false, bool Verified = false);

/// <summary>
/// A mutant is opened and described; every accepted one is planned, some are run over a tiny image or over their test tensors. Only
/// <see cref="BioDLException"/> may come out, which says to a person what is wrong; anything else is a find.
/// </summary>
internal static unsafe class Trial
{
    private const long MostBytes = 256L << 20;

    internal static Outcome Of(string path, bool run, bool verify)
    {
        var outcome = new Outcome(null);
        try
        {
            if (Path.GetExtension(path) == ".tif")
                return outcome with { Ran = ReadAll(path) };
            using Model model = Model.Open(path);
            Describe(model.Description);
            outcome = outcome with { Planned = true };
            bool ran = Predict(model, run);
            outcome = outcome with { Ran = ran };
            if (!verify)
                return outcome;
            _ = model.Verify("cpu").Text;
            return outcome with { Verified = true };
        }
        catch (BioDLException error) when (error.Message.Length > 0 && error.Status != Status.Internal)
        {
            return outcome with { Status = error.Status };
        }
    }

    private static bool ReadAll(string path)
    {
        using TiffImage image = TiffImage.Open(path);
        for (long plane = 0; plane < (long)image.View.Frames * image.View.Slices * image.View.Channels; plane++)
            image.View.Lock(plane).Dispose();
        return true;
    }

    // All that a host shows.
    private static void Describe(ModelDescription about)
    {
        string text = about.Id + about.Name + about.Version + about.Description + about.Licence + about.Citation + about.Format
            + about.WeightsFormat
            + string.Concat(about.Tags) + string.Concat(about.Covers) + about.Task;
        foreach (PixelOperation step in about.Inputs.SelectMany(input => input.Preprocessing)
            .Concat(about.Outputs.SelectMany(output => output.Postprocessing)))
            text += step.Describe();
        GC.KeepAlive(text);
    }

    private static bool Predict(Model model, bool run)
    {
        ModelDescription about = model.Description;
        var views = new List<ImageView>();
        var memory = new List<nint>();
        try
        {
            foreach (InputTensor input in about.Inputs)
                views.Add(Image(memory, input.Axes.Contains('z') ? 8 : 1, Math.Min(input.Channels, 64), 32, 40));
            var options = new RunOptions { MemoryLimit = MostBytes, Device = "cpu" };
            RunPlan plan = model.Plan(views, options);
            long values = plan.Outputs.Sum(output => (long)output.Frames * output.Slices * output.Channels * output.Height * output.Width);
            if (!run || plan.MemoryBytes > MostBytes || plan.Tiles > 16 || values > MostBytes / 4)
                return false;
            ImageView[] outputs = [.. plan.Outputs.Select(output => Image(memory, output.Slices, output.Channels, output.Height,
                output.Width, output.Frames))];
            model.Run(views, options, null, outputs);
            return true;
        }
        finally
        {
            memory.ForEach(block => NativeMemory.Free((void*)block));
        }
    }

    private static ImageView Image(List<nint> memory, int slices, int channels, int height, int width, int frames = 1)
    {
        long count = (long)frames * slices * channels * height * width;
        float* data = (float*)NativeMemory.Alloc((nuint)(count * sizeof(float)));
        memory.Add((nint)data);
        for (long i = 0; i < count; i++)
            data[i] = i * 7919 % 1000;
        return ImageView.Contiguous(data, PixelType.Float32, height, width, frames, slices, channels);
    }
}
