using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow;

/// <summary>An operation works with one size of the image alone.</summary>
internal sealed class FixedSizeException(string operation) : Exception(operation);

/// <summary>
/// Finds operations that hold a size of the image as a number, in a graph whose placeholder was fixed to a size and has been opened: a
/// reshape or resize to numbers, a constant as large as the image. Such a graph runs with its own size alone.
/// </summary>
internal static class FixedSize
{
    private static readonly HashSet<string> Elementwise = new(StringComparer.Ordinal)
    {
        "Add", "AddV2", "Sub", "Mul", "RealDiv", "Div", "DivNoNan", "Maximum", "Minimum", "SquaredDifference", "Pow", "ConcatV2", "Select",
        "SelectV2", "Greater", "GreaterEqual", "Less", "LessEqual",
    };

    public static bool IsAskedBy(string operation, TfValue[] inputs, TfValue[] outputs)
    {
        FeatureValue[] open = [.. inputs.OfType<FeatureValue>().Where(HasOpenSides)];
        if (open.Length == 0)
            return false;
        return outputs.OfType<FeatureValue>().Any(output => open.Any(input => IsClosed(input, output)))
            || (Elementwise.Contains(operation)
                && inputs.OfType<ConstantValue>().Any(constant => open.Any(input => IsAsLarge(constant, input))));
    }

    private static bool HasOpenSides(FeatureValue value) => Sides(value).Any(size => !size.IsNumber);

    private static IEnumerable<SizeTerm> Sides(FeatureValue value) => value.Order.Skip(2).Select(axis => value.Sizes[axis]);

    /// <summary>A side that was open is a number above 1, which is what a mean over the image has.</summary>
    private static bool IsClosed(FeatureValue input, FeatureValue output)
    {
        if (output.Rank != input.Rank)
            return output.Rank > 2 && output.Sizes.All(size => size.IsNumber) && output.Sizes.Any(size => size.Value > 1)
                && Sides(input).Any(size => !size.IsNumber) && output.Rank >= input.Rank;
        return Sides(input).Zip(Sides(output)).Any(pair => !pair.First.IsNumber && pair.Second.Value > 1);
    }

    private static bool IsAsLarge(ConstantValue constant, FeatureValue input)
    {
        long[] shape = constant.Values.Shape;
        for (int back = 1; back <= Math.Min(shape.Length, input.Rank); back++)
        {
            if (shape[^back] > 1 && input.Stored(input.Rank - back) >= 2 && !input.Sizes[^back].IsNumber)
                return true;
        }
        return false;
    }
}
