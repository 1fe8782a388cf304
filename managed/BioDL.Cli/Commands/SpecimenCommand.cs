using System.CommandLine;
using BioDL.Cli.Output;
using BioDL.Cli.Shell;
using BioDL.Cli.Specimen;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Models.Outputs;

namespace BioDL.Cli.Commands;

/// <summary><c>biodl specimen</c>: a synthetic image of nuclei with its ground truth.</summary>
internal static class SpecimenCommand
{
    internal static Command Create(CommandContext context)
    {
        var image = new Option<string>("--out") { Description = "the image to write, a calibrated 16-bit TIFF", Required = true };
        var labels = new Option<string>("--labels") { Description = "its ground truth, a label TIFF" };
        Option<int?> size = CommonOptions.Whole("--size", "side in pixels (1024)", 64, 16384);
        Option<int?> nuclei = CommonOptions.Whole("--nuclei", "how many, if there is room (one for 2,500 pixels)", 1, 1_000_000);
        var seed = new Option<long>("--seed") { Description = "the same seed makes the same specimen (1)", DefaultValueFactory = _ => 1 };
        Option<bool> overwrite = CommonOptions.Overwrite();
        var command = new Command("specimen", "Makes a synthetic microscope image of nuclei, with blur and noise, and its ground truth.")
        {
            image, labels, size, nuclei, seed, overwrite,
        };
        command.SetAction(parsed =>
        {
            int side = parsed.GetValue(size) ?? 1024;
            var options = new SpecimenOptions(side, parsed.GetValue(nuclei) ?? Math.Max(1, side * side / 2500), parsed.GetValue(seed));
            return Make(context, options, parsed.GetRequiredValue(image), parsed.GetValue(labels), parsed.GetValue(overwrite));
        });
        return command;
    }

    private static int Make(CommandContext context, SpecimenOptions options, string imagePath, string? labelsPath, bool overwrite)
    {
        var guard = new WriteGuard(overwrite);
        guard.Writes("--out", imagePath, "the image");
        if (labelsPath is not null)
            guard.Writes("--labels", labelsPath, "its truth");
        SpecimenImage specimen = SpecimenImage.Make(options, () =>
        {
            if (context.Cancel.IsCancellationRequested)
                throw new BioDLException(Status.Cancelled, "making the specimen was cancelled");
        });
        var calibration = new Calibration
        {
            PixelWidth = SpecimenImage.PixelMicrons, PixelHeight = SpecimenImage.PixelMicrons, Unit = "µm",
        };
        Write(new SafeFile(imagePath, overwrite), specimen.Pixels, PixelType.UInt16, calibration);
        if (labelsPath is not null && specimen.Nuclei <= ushort.MaxValue)
            Write(new SafeFile(labelsPath, overwrite), Array.ConvertAll(specimen.Truth, label => (ushort)label), PixelType.UInt16,
                calibration);
        else if (labelsPath is not null)
            Write(new SafeFile(labelsPath, overwrite), specimen.Truth, PixelType.UInt32, calibration);
        context.Output.WriteLine($"{imagePath}: {specimen.Nuclei} nuclei in {specimen.Size} x {specimen.Size} pixels, seed {options.Seed}");
        return ExitCode.Ok;
    }

    /// <summary>A square image.</summary>
    private static unsafe void Write<T>(SafeFile safe, T[] pixels, PixelType type, Calibration calibration) where T : unmanaged
    {
        int size = (int)Math.Sqrt(pixels.Length);
        using var file = new HyperstackFile(safe, new Hyperstack
        {
            Type = type, Frames = 1, Slices = 1, Channels = 1, Height = size, Width = size, Calibration = calibration,
        });
        using (PlaneLock plane = file.View.Lock(0, write: true))
            pixels.CopyTo(new Span<T>(plane.Pixel(0, 0), pixels.Length));
        file.Commit("");
    }
}
