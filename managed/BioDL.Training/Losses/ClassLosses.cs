using static TorchSharp.torch;

namespace BioDL.Training.Losses;

/// <summary>
/// What a class for each pixel differs by. Scores are (b, classes, (z,) y, x) before softmax; classes are int64 (b, (z,) y, x) from 0, and
/// a negative one is not known and counts nowhere.
/// </summary>
internal static class ClassLosses
{
    /// <summary>Mean of -log of the probability of each pixel's class.</summary>
    public static Tensor CrossEntropy(Tensor scores, Tensor classes)
    {
        (Tensor known, Tensor wanted) = Wanted(scores, classes);
        return -(wanted * nn.functional.log_softmax(scores, 1)).sum() / known.sum().clamp_min(1);
    }

    /// <summary>
    /// 1 - the mean over classes of 2 |P and T| / (|P| + |T|), with probabilities P, sums over the whole batch, and 1 added above and below
    /// for classes that are not there (V-Net, Milletari 2016, in nnU-Net's form, Isensee 2021).
    /// </summary>
    public static Tensor Dice(Tensor scores, Tensor classes)
    {
        (Tensor known, Tensor wanted) = Wanted(scores, classes);
        Tensor found = nn.functional.softmax(scores, 1) * known;
        long[] others = [.. Enumerable.Range(0, (int)scores.dim()).Where(axis => axis != 1)];
        Tensor both = (found * wanted).sum(others);
        return 1 - ((2 * both + 1) / (found.sum(others) + wanted.sum(others) + 1)).mean();
    }

    /// <returns>1 where a class is known (b, 1, ...), and 1 at a known pixel's class (b, classes, ...)</returns>
    private static (Tensor Known, Tensor Wanted) Wanted(Tensor scores, Tensor classes)
    {
        Tensor each = classes.unsqueeze(1);
        Tensor numbers = arange(scores.shape[1], dtype: classes.dtype).view([1, -1, .. Enumerable.Repeat(1L, (int)scores.dim() - 2)]);
        return (each.ge(0).to_type(scores.dtype), each.eq(numbers).to_type(scores.dtype));
    }
}
