using BioDL.Cli.Output;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Runs;
using BioDL.Models.Outputs;

namespace BioDL.Cli.Images;

/// <summary>
/// One output of a run on its way into a TIFF file: which of its channels are kept, what comes before them, and how they are called.
/// </summary>
internal sealed class ResultImage : IResultFile
{
    private readonly HyperstackFile _file;
    private readonly ChannelMap? _map;

    /// <param name="file">to write; belongs to this when it was made</param>
    /// <param name="output">what the run gives</param>
    /// <param name="tensor">the output as the model describes it</param>
    /// <param name="sources">what it is made from</param>
    /// <param name="request">what was asked for</param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.InvalidArgument"/>: it cannot be merged with the image. <see cref="Status.Io"/>
    /// </exception>
    internal ResultImage(SafeFile file, PlannedOutput output, OutputTensor tensor, Sources sources, ImageRequest request)
    {
        ImageView source = sources.Views[0];
        PixelType type = ResultType.Of(output, source.Type, request);
        var looks = new ResultLooks(output, tensor, sources, request);
        bool merge = request.Pixels.Merge;
        if (merge)
            RequireSameSize(output, source, sources.Job.Name);
        int before = merge ? source.LogicalChannels : 0;
        int[] kept = [.. Enumerable.Range(0, output.Channels).Where(channel => request.Pixels.Spread || !looks.IsSpread(channel))];
        ValueCalibration values = looks.Values(type);
        // One file has one meaning of its pixels: values that are not the pixels are written as they are, beside others.
        PixelType both = source.Values.IsIdentity ? PlaneCopy.Wider(type, source.Type) : PixelType.Float32;
        var image = new Hyperstack
        {
            Type = merge ? both : type,
            Frames = output.Frames, Slices = output.Slices, Channels = before + kept.Length, Height = output.Height, Width = output.Width,
            IsRgb = before == 0 && kept.Length == 3 && type == PixelType.UInt8 && source.Type == PixelType.Argb32
                && output.Kind == OutputKind.Image,
            Looks =
            [
                .. Enumerable.Range(0, before).Select(channel => looks.OfSource(channel, values)),
                .. kept.Select(channel => looks.Of(channel, values)),
            ],
            PlaneLabels = looks.PlaneLabels(kept.Length), Values = values,
            Calibration = (sources.Image?.Calibration ?? new Calibration()).Rescaled(output.PixelPitch, output.Origin),
        };
        About = new ResultFile(output.Name, file.Path, image.Type, ResultFile.ImageAxes,
            [image.Frames, image.Slices, image.Channels, image.Height, image.Width]);
        _file = new HyperstackFile(file, image);
        try
        {
            for (int channel = 0; channel < before; channel++)
                PlaneCopy.Channel(source, channel, _file.View, channel);
            int[] targets = [.. Enumerable.Range(0, output.Channels).Select(channel => Target(Array.IndexOf(kept, channel), before))];
            View = kept.Length == output.Channels && before == 0 ? _file.View : ChannelMap.View(_file.View, targets, out _map);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public ResultFile About { get; }

    public ImageView View { get; }

    public void Commit(string provenance) => _file.Commit(provenance);

    public void Dispose()
    {
        _map?.Dispose();
        _file.Dispose();
    }

    private static int Target(int kept, int before) => kept < 0 ? -1 : before + kept;

    private static void RequireSameSize(PlannedOutput output, ImageView source, string name)
    {
        if ((output.Frames, output.Slices, output.Height, output.Width) == (source.Frames, source.Slices, source.Height, source.Width))
            return;
        throw new BioDLException(Status.InvalidArgument,
            $"--merge: the result has {output.Frames} x {output.Slices} x {output.Height} x {output.Width} (T, Z, Y, X) pixels, "
            + $"{name} has {source.Frames} x {source.Slices} x {source.Height} x {source.Width}", "Leave out --merge.");
    }
}
