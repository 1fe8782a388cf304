using BioDL.Cli.Output;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Prediction;

namespace BioDL.Cli.Commands;

/// <summary>One output of a run on its way into a TIFF file: which of its channels are kept, what comes before them, and how they are called.</summary>
internal sealed class ResultImage : IDisposable
{
    private readonly HyperstackFile _file;
    private readonly ChannelMap? _map;

    /// <param name="path">to write</param>
    /// <param name="output">what the run gives</param>
    /// <param name="tensor">the output as the model describes it</param>
    /// <param name="image">the image that it is made from</param>
    /// <param name="request">what was asked for</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: it cannot be merged with the image. <see cref="Status.Io"/></exception>
    internal ResultImage(string path, PredictedOutput output, OutputTensor tensor, TiffImage image, PredictRequest request)
    {
        (Path, Output) = (path, output);
        PixelType type = ResultType.Of(output, image.View.Type, request);
        int[] kept = [.. Enumerable.Range(0, output.Channels).Where(channel => request.Spread || !IsSpread(channel, tensor))];
        int before = request.Merge ? image.View.LogicalChannels : 0;
        if (request.Merge)
        {
            RequireSameSize(path, output, image);
            type = PlaneCopy.Wider(type, image.View.Type);
        }
        Type = type;
        Image = new Hyperstack
        {
            Type = type, Frames = output.Frames, Slices = output.Slices, Channels = before + kept.Length, Height = output.Height, Width = output.Width,
            IsRgb = before == 0 && kept.Length == 3 && type == PixelType.UInt8 && image.View.Type == PixelType.Argb32 && output.Kind == OutputKind.Image,
            ChannelNames = [.. image.ChannelNames.Take(before), .. kept.Select(channel => Name(output, tensor, channel, image, request))],
            Calibration = image.Calibration.Rescaled(output.PixelPitch),
        };
        _file = new HyperstackFile(path, Image);
        try
        {
            for (int channel = 0; channel < before; channel++)
                PlaneCopy.Channel(image.View, channel, _file.View, channel);
            View = kept.Length == output.Channels && before == 0 ? _file.View
                : ChannelMap.View(_file.View, [.. Enumerable.Range(0, output.Channels).Select(channel => Array.IndexOf(kept, channel) is >= 0 and int at ? before + at : -1)], out _map);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    internal string Path { get; }

    internal PredictedOutput Output { get; }

    internal PixelType Type { get; }

    internal Hyperstack Image { get; }

    /// <summary>Where the run writes.</summary>
    internal ImageView View { get; }

    internal void Commit(string provenance) => _file.Commit(provenance);

    public void Dispose()
    {
        _map?.Dispose();
        _file.Dispose();
    }

    // Channels of several runs of the network come one run after the other.
    private static bool IsSpread(int channel, OutputTensor tensor) => channel % tensor.Channels >= tensor.Channels - tensor.SpreadChannels;

    private static string Name(PredictedOutput output, OutputTensor tensor, int channel, TiffImage image, PredictRequest request)
    {
        string name = output.ChannelNames.ElementAtOrDefault(channel) ?? "";
        if (output.RestoresInput && !IsSpread(channel, tensor) && output.Channels == image.ChannelNames.Count && image.ChannelNames[channel].Length > 0)
            return image.ChannelNames[channel];
        if (IsSpread(channel, tensor))
            return name.Contains("spread", StringComparison.OrdinalIgnoreCase) ? name : $"{name} spread".Trim();
        return name.Length == 0 && (request.Merge || output.Channels > 1) ? $"{(tensor.Id.Length > 0 ? tensor.Id : tensor.Name)} {channel + 1}" : name;
    }

    private static void RequireSameSize(string path, PredictedOutput output, TiffImage image)
    {
        ImageView view = image.View;
        if ((output.Frames, output.Slices, output.Height, output.Width) != (view.Frames, view.Slices, view.Height, view.Width))
        {
            throw new BioDLException(Status.InvalidArgument, $"{path}: the result has {output.Frames} x {output.Slices} x {output.Height} x {output.Width} (T, Z, Y, X) pixels, "
                + $"{image.Path} has {view.Frames} x {view.Slices} x {view.Height} x {view.Width}", "Leave out --merge.");
        }
    }
}
