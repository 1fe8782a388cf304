using BioDL.Core.Training;
using BioDL.Training.Losses;
using BioDL.Training.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace BioDL.Training.Methods;

/// <summary>
/// A class for each pixel, from 0 for the background: cross entropy and Dice to equal parts (nnU-Net, Isensee 2021). A negative class, or
/// one that is no number, is not known: a picture need not be annotated everywhere.
/// </summary>
internal sealed class Semantic(TrainingJob job) : Method(job)
{
    private const long Unknown = -1;

    private int Classes => Job.Network.Heads[0].Channels;

    public override Batch Make(IReadOnlyList<Patch> patches, PatchRandom random, bool training)
    {
        int each = patches[0].Pixels;
        long[] classes = new long[each * patches.Count];
        for (int i = 0; i < patches.Count; i++)
        {
            for (int at = 0; at < each; at++)
                classes[i * each + at] = Class(patches[i], at);
        }
        Tensor target = tensor(classes, [patches.Count, 1, .. patches[0].Size.Select(size => (long)size)]);
        return new Batch(Batch.Stack(patches, patches[0].Channels, patch => patch.Input), [target], patches);
    }

    public override Loss Loss(Tensor[] heads, Batch batch)
    {
        Tensor classes = batch.Targets[0].squeeze(1);
        Tensor entropy = ClassLosses.CrossEntropy(heads[0], classes), dice = ClassLosses.Dice(heads[0], classes);
        return new Loss((entropy + dice) / 2, ("entropy", entropy), ("dice", dice));
    }

    /// <summary>
    /// Share of known pixels that have their class, and intersection over union, the mean over classes that are wanted or found beside the
    /// background; without any, 1.
    /// </summary>
    public override IReadOnlyList<(string Name, double Value)> Validate(Tensor[] heads, Batch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor wanted = batch.Targets[0], known = wanted.ge(0), found = heads[0].argmax(1, keepdim: true);
        double count = Math.Max(Count(known), 1);
        List<double> overlaps = [];
        for (int number = 1; number < Classes; number++)
        {
            Tensor a = wanted.eq(number), b = found.eq(number).logical_and(known);
            double either = Count(a.logical_or(b));
            if (either > 0)
                overlaps.Add(Count(a.logical_and(b)) / either);
        }
        return [("accuracy", Count(wanted.eq(found)) / count), ("iou", overlaps.DefaultIfEmpty(1).Average())];
    }

    /// <exception cref="InvalidDataException">The network has no such class.</exception>
    private long Class(Patch patch, int at)
    {
        float value = patch.Target![at];
        if (!(value >= 0))
            return Unknown;
        long number = (long)MathF.Round(value);
        return number < Classes ? number : throw new InvalidDataException(
            $"{patch.Sample.Name} has the class {number}, and the network has {Classes} classes, 0 to {Classes - 1}.");
    }

    private static double Count(Tensor where) => where.sum().ToDouble();
}
