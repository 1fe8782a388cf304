using System.Runtime.InteropServices;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Road.Passes;
using BioDL.Core.Runs;
using BioDL.Core.Training;
using BioDL.Models.Cache;

namespace BioDL.Models.Training.Preparing;

/// <summary>Copies label images and class images into files of a training's folder, with what they hold.</summary>
/// <param name="folder">of the training</param>
/// <param name="meter">hears of every band</param>
internal sealed class LabelWriter(string folder, ReadMeter meter)
{
    private const int MostClasses = 255;

    /// <summary>What was written.</summary>
    /// <param name="Array">its file</param>
    /// <param name="Pixels">by label from 1, or by class from 0</param>
    /// <param name="Classes">of label i + 1, from 1; 0 not known; empty: labels have none</param>
    public sealed record Written(TrainingArray Array, IReadOnlyList<long> Pixels, IReadOnlyList<int> Classes);

    /// <summary>A label image: its labels become 1, 2, ... in the order in which they are met.</summary>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: a value that is no label.</exception>
    public Written Labels(string file, SampleDraft sample)
    {
        var numbers = new Dictionary<int, int> { [0] = 0 };
        var pixels = new List<long> { 0 };
        TrainingArray array = Write(file, "int32", sample, sample.Image.Labels!, values =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (!numbers.TryGetValue(values[i], out int number))
                {
                    numbers.Add(values[i], number = numbers.Count);
                    pixels.Add(0);
                }
                values[i] = number;
                pixels[number]++;
            }
            return MemoryMarshal.AsBytes<int>(values).ToArray();
        });
        int[] classes = sample.Image.Classes is not { } known ? []
            : [.. numbers.Skip(1).OrderBy(pair => pair.Value).Select(pair => known.GetValueOrDefault(pair.Key))];
        return new Written(array, pixels[1..], classes);
    }

    /// <summary>An image of class numbers, 0 to 254.</summary>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: a value that is no class.</exception>
    public Written Classes(string file, SampleDraft sample)
    {
        long[] pixels = new long[MostClasses];
        TrainingArray array = Write(file, "uint8", sample, sample.Image.Target!, values =>
        {
            foreach (int value in values)
            {
                if (value >= MostClasses)
                    throw NotWhole(sample, value);
                pixels[value]++;
            }
            return Array.ConvertAll(values, value => (byte)value);
        });
        int count = Array.FindLastIndex(pixels, number => number > 0) + 1;
        return new Written(array, pixels[..count], []);
    }

    private TrainingArray Write(string file, string type, SampleDraft sample, ImageView view, Func<int[], byte[]> bytes)
    {
        string path = Path.Combine(folder, file);
        try
        {
            using FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
            for (int slice = sample.FirstSlice; slice < sample.FirstSlice + sample.Slices; slice++)
                foreach (PlaneRegion band in ImageWriter.Bands(view, sample.Region))
                {
                    int[] values = new int[band.Height * band.Width];
                    if (PlaneValues.ReadWhole(view, view.PlaneNumber(sample.Frame, slice), band, values) is { } wrong)
                        throw NotWhole(sample, wrong);
                    stream.Write(bytes(values));
                    meter.Read(values.Length);
                }
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            throw Disk.Failed(path, error);
        }
        int[] shape = sample.IsVolume ? [1, sample.Slices, sample.Region.Height, sample.Region.Width]
            : [1, sample.Region.Height, sample.Region.Width];
        return new TrainingArray(file, type, shape);
    }

    private static BioDLException NotWhole(SampleDraft sample, double value) => sample.Image.Labels is null
        ? new BioDLException(Status.InvalidArgument, FormattableString.Invariant($"the class image of {sample.Name} has the value {value}"),
            "Classes are whole numbers from 0 (background) to 254; a label image is for StarDist.")
        : new BioDLException(Status.InvalidArgument, FormattableString.Invariant($"the label image of {sample.Name} has the value {value}"),
            "Every object has a whole number of its own, and the background has 0.");
}
