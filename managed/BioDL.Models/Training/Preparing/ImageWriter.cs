using System.Runtime.InteropServices;
using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Road.Passes;
using BioDL.Core.Runs;
using BioDL.Core.Training;
using BioDL.Models.Cache;

namespace BioDL.Models.Training.Preparing;

/// <summary>
/// Copies regions of a host's images into files of a training's folder, band by band, with the normalisation of the whole plane or volume
/// that they are cut from. Values keep the image's own type where they are its pixels.
/// </summary>
/// <param name="folder">of the training</param>
/// <param name="meter">hears of every band</param>
internal sealed class ImageWriter(string folder, ReadMeter meter)
{
    /// <summary>NaN and infinite values that were met so far; they become what normalises to 0.</summary>
    public long NotFinite { get; private set; }

    /// <param name="file">its name</param>
    /// <param name="sample">which part</param>
    /// <param name="view">of this image: the sample's input or its target</param>
    /// <param name="channels">of the view, in order</param>
    /// <param name="rule">how it is normalised</param>
    /// <returns>null: the plane has no contrast, or no finite value; nothing was written</returns>
    /// <exception cref="Core.BioDLException">The disk is full, the host cannot give a plane, or it was cancelled.</exception>
    public TrainingArray? Write(string file, SampleDraft sample, ImageView view, IReadOnlyList<InputChannel> channels, ValueRule rule)
    {
        if (Normalisation(sample, view, channels, rule) is not { } scales)
            return null;
        string type = StoredType(view, channels);
        string path = Path.Combine(folder, file);
        try
        {
            using FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
            for (int c = 0; c < channels.Count; c++)
                for (int slice = sample.FirstSlice; slice < sample.FirstSlice + sample.Slices; slice++)
                    Copy(stream, view, view.PlaneNumber(sample.Frame, slice, channels[c].Channel),
                        new Source(channels[c].Part, sample.Region, type, (float)scales[c].Offset));
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            throw Disk.Failed(path, error);
        }
        int[] shape = sample.IsVolume ? [channels.Count, sample.Slices, sample.Region.Height, sample.Region.Width]
            : [channels.Count, sample.Region.Height, sample.Region.Width];
        bool asIs = rule.Kind == ValueRuleKind.AsIs;
        return new TrainingArray(file, type, shape)
        {
            Offset = asIs ? [] : [.. scales.Select(scale => scale.Offset)], Gain = asIs ? [] : [.. scales.Select(scale => scale.Gain)],
        };
    }

    private readonly record struct Source(PixelPart Part, PlaneRegion Region, string Type, float Missing);

    /// <summary>One a channel; null: there is no contrast.</summary>
    private (double Offset, double Gain)[]? Normalisation(SampleDraft sample, ImageView view, IReadOnlyList<InputChannel> channels,
        ValueRule rule)
    {
        if (rule.Kind == ValueRuleKind.AsIs)
            return [.. channels.Select(_ => (0.0, 1.0))];
        var scales = new (double Offset, double Gain)[channels.Count];
        for (int c = 0; c < channels.Count; c++)
        {
            if (c > 0 && rule.Joint)
            {
                scales[c] = scales[0];
                continue;
            }
            PlanePart[] parts = [.. Parts(sample, view, rule.Joint ? channels : [channels[c]])];
            (double offset, double range) = rule.Kind == ValueRuleKind.Percentiles ? Range(view, parts, rule) : Deviation(view, parts);
            if (!(range > 0))
                return null;
            scales[c] = (offset, 1 / range);
        }
        return scales;
    }

    private static IEnumerable<PlanePart> Parts(SampleDraft sample, ImageView view, IReadOnlyList<InputChannel> channels) =>
        from slice in Enumerable.Range(sample.FirstSlice, sample.Slices)
        from channel in channels
        select new PlanePart(view.PlaneNumber(sample.Frame, slice, channel.Channel), channel.Part);

    private (double Offset, double Range) Range(ImageView view, PlanePart[] parts, ValueRule rule)
    {
        var (low, high, notFinite) = Percentiles.Of(view, parts, new PercentilePair(rule.Low, rule.High), meter.IsCancelled);
        NotFinite += notFinite;
        return (low, high - low);
    }

    private (double Offset, double Range) Deviation(ImageView view, PlanePart[] parts)
    {
        var moments = new Moments();
        foreach (PlanePart part in parts)
        {
            foreach (PlaneRegion band in Bands(view, new PlaneRegion(0, 0, view.Height, view.Width)))
            {
                float[] values = Band(view, part.Plane, part.Part, band);
                moments.Add(values);
                meter.Read(0);
            }
        }
        NotFinite += moments.NotFinite;
        return (moments.Mean, moments.Deviation);
    }

    private void Copy(FileStream stream, ImageView view, long plane, Source from)
    {
        foreach (PlaneRegion band in Bands(view, from.Region))
        {
            float[] values = Band(view, plane, from.Part, band);
            if (from.Type == "float32")
            {
                for (int i = 0; i < values.Length; i++)
                    values[i] = float.IsFinite(values[i]) ? values[i] : from.Missing;
                stream.Write(MemoryMarshal.AsBytes<float>(values));
            }
            else if (from.Type == "uint16")
            {
                stream.Write(MemoryMarshal.AsBytes<ushort>(Array.ConvertAll(values, value => (ushort)value)));
            }
            else
            {
                stream.Write(Array.ConvertAll(values, value => (byte)value));
            }
            meter.Read(values.Length);
        }
    }

    private static float[] Band(ImageView view, long plane, PixelPart part, PlaneRegion band)
    {
        float[] values = new float[band.Height * band.Width];
        PlaneValues.Read(view, plane, part, band, values);
        return values;
    }

    internal static IEnumerable<PlaneRegion> Bands(ImageView view, PlaneRegion region)
    {
        int rows = PlaneValues.RowsOfBand(view);
        for (int y = 0; y < region.Height; y += rows)
            yield return region with { Top = region.Top + y, Height = Math.Min(rows, region.Height - y) };
    }

    private static string StoredType(ImageView view, IReadOnlyList<InputChannel> channels) => !view.Values.IsIdentity ? "float32"
        : view.Type switch
        {
            PixelType.UInt8 => "uint8",
            PixelType.Argb32 when channels.All(channel => channel.Part != PixelPart.Grey) => "uint8",
            PixelType.UInt16 => "uint16",
            _ => "float32",
        };
}
