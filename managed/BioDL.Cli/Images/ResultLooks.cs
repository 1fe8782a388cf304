using BioDL.Cli.Tiff;
using BioDL.Core.Images;
using BioDL.Core.Runs;

namespace BioDL.Cli.Images;

/// <summary>
/// What the channels of a result are called and how they are shown. A restored channel is that channel of the source, whichever number it
/// has there: its name, its colours and, in the image's own unit, its display range and its values go with its pixels.
/// </summary>
/// <param name="output">what the run gives</param>
/// <param name="tensor">the output as the model describes it</param>
/// <param name="sources">what it is made from</param>
/// <param name="request">what was asked for</param>
internal sealed class ResultLooks(PlannedOutput output, OutputTensor tensor, Sources sources, ImageRequest request)
{
    private readonly bool _inUnit = output.RestoresInput && request.Options is { Normalize: true, ScaleBack: true };
    private readonly ImageFile? _image = sources.Image;

    /// <summary>What the pixels of a result of a type mean: the same as the source's where they are of its kind.</summary>
    internal ValueCalibration Values(PixelType type)
    {
        if (!_inUnit || _image is null || request.Pixels.Merge)
            return ValueCalibration.None;
        if (type == _image.View.Type)
            return _image.Values;
        return type == PixelType.Float32 ? ValueCalibration.None with { Unit = _image.Values.Unit } : ValueCalibration.None;
    }

    /// <summary>Of a channel of the output.</summary>
    /// <param name="channel">of it, from 0</param>
    /// <param name="values">what the result's pixels mean</param>
    internal ChannelLook Of(int channel, ValueCalibration values)
    {
        int source = Source(channel);
        string own = output.ChannelNames.ElementAtOrDefault(channel) ?? "";
        if (IsSpread(channel))
            return new ChannelLook(own.Contains("spread", StringComparison.OrdinalIgnoreCase) ? own : $"{own} spread".Trim());
        if (source >= 0 && _image!.Channels[source] is { Name.Length: > 0 } or { Table: not null } or { Range: not null })
            return OfSource(source, values) is var look && look.Name.Length > 0 ? look : look with { Name = Numbered(own, channel) };
        return new ChannelLook(Numbered(own, channel));
    }

    /// <summary>Of a channel of the source that is written before the output's.</summary>
    internal ChannelLook OfSource(int channel, ValueCalibration values)
    {
        ChannelLook look = _image?.Channels[channel] ?? ChannelLook.None;
        bool sameUnit = _inUnit || request.Pixels.Merge;
        return look with { Range = sameUnit && look.Range is { } range ? (Pixel(range.Low, values), Pixel(range.High, values)) : null };
    }

    /// <summary>The source's labels of planes, where each plane of the result is one of the source's; else none.</summary>
    internal IReadOnlyList<string> PlaneLabels(int channels)
    {
        if (_image is null || request.Pixels.Merge || _image.PlaneLabels.Count == 0 || !output.RestoresInput || channels != output.Channels
            || (output.Frames, output.Slices) != (_image.View.Frames, _image.View.Slices) || Source(channels - 1) < 0)
            return [];
        var to = new PlaneOrder(output.Frames, output.Slices, channels);
        var labels = new string[(int)to.Planes];
        for (int i = 0; i < labels.Length; i++)
        {
            PlanePosition plane = to.At(i);
            labels[i] = _image.PlaneLabels[(int)_image.View.PlaneNumber(plane.Frame, plane.Slice, Source(plane.Channel))];
        }
        return labels;
    }

    // Channels of several runs of the network come one run after the other.
    internal bool IsSpread(int channel) => channel % tensor.Channels >= tensor.Channels - tensor.SpreadChannels;

    /// <summary>The channel of the source that a channel of the output is, restored; -1: none.</summary>
    private int Source(int channel)
    {
        int restored = tensor.Channels - tensor.SpreadChannels, run = channel / tensor.Channels, within = channel % tensor.Channels;
        bool all = sources.Chosen.Count == output.Channels / tensor.Channels * restored;
        return output.RestoresInput && _image is not null && all && within < restored ? sources.Chosen[run * restored + within] : -1;
    }

    private string Numbered(string name, int channel) => name.Length == 0 && (request.Pixels.Merge || output.Channels > 1)
        ? $"{(tensor.Id.Length > 0 ? tensor.Id : tensor.Name)} {channel + 1}" : name;

    /// <summary>The result's pixel that means what a pixel of the source means.</summary>
    private double Pixel(double source, ValueCalibration values)
    {
        (ValueTransform from, ValueTransform to) = (_image!.Values.Transform, values.Transform);
        return from == to ? source : (source * from.Scale + from.Offset - to.Offset) / to.Scale;
    }
}
