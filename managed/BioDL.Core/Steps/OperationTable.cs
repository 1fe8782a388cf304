namespace BioDL.Core.Steps;

/// <summary>All steps that are known, by their names in the bioimage.io specification.</summary>
public static class OperationTable
{
    private static readonly Dictionary<string, Func<IOperationOptions, IEnumerable<PixelOperation>>> Readers = new()
    {
        [EnsureDtype.Name] = options => [EnsureDtype.Read(options)],
        [ScaleLinear.Name] = options => [ScaleLinear.Read(options)],
        [Clip.Name] = ClipRange.Read,
        [Binarize.Name] = options => [Binarize.Read(options)],
        [Sigmoid.Name] = options => [new Sigmoid()],
        [Softmax.Name] = options => [Softmax.Read(options)],
        [ZeroMeanUnitVariance.Name] = options => [ZeroMeanUnitVariance.Read(options)],
        [FixedZeroMeanUnitVariance.Name] = options => [FixedZeroMeanUnitVariance.Read(options, PixelOperation.UsualEpsilon)],
        [ScaleRange.Name] = options => [ScaleRange.Read(options)],
        [ScaleMeanVariance.Name] = options => [ScaleMeanVariance.Read(options)],
    };

    /// <summary>Read a step of a description.</summary>
    /// <exception cref="BioDLException">
    /// <see cref="Status.ModelUnsupported"/>: a step, or an option of one, that is not known; <see cref="Status.ModelInvalid"/>
    /// </exception>
    public static IReadOnlyList<PixelOperation> Read(IOperationOptions options) => Readers.TryGetValue(options.Id, out var read)
        ? [.. read(options)] : throw options.Unsupported("is not known here");
}
