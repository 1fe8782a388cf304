namespace BioDL.Core.Steps;

/// <summary>The axes over which a statistic is taken together; along the others each index has its own. Y and X are always among them.</summary>
[Flags]
public enum StatisticAxes
{
    /// <summary>Over y and x: one plane of one channel.</summary>
    Plane = 0,
    Channel = 1,
    Slices = 2,

    /// <summary>Over all samples (frames; for a network without z also slices) of the image: bioimage.io's per-dataset statistics.</summary>
    Samples = 4,
}

/// <summary>
/// One step between pixels and tensors; x is a value in float32. Definitions of the bioimage.io model specification, formats 0.4 and 0.5, and of
/// CSBDeep. Lists have one number for all channels, or one for each.
/// </summary>
public abstract record PixelOperation
{
    /// <summary>Its name in the specification, for messages and provenance.</summary>
    public abstract string Id { get; }
}

/// <summary>Cut towards zero and clip to a whole type, or nothing for "float32" and "float64".</summary>
/// <param name="DataType">NumPy's name: float32, float64, uint8, int8, uint16, int16, uint32, int32, uint64, int64, bool</param>
public sealed record EnsureDtype(string DataType) : PixelOperation
{
    public override string Id => "ensure_dtype";
}

/// <summary>x * gain + offset.</summary>
public sealed record ScaleLinear(IReadOnlyList<double> Gain, IReadOnlyList<double> Offset) : PixelOperation
{
    public override string Id => "scale_linear";
}

/// <summary>min(max(x, low), high); null: no bound.</summary>
public sealed record Clip(double? Low, double? High) : PixelOperation
{
    public override string Id => "clip";
}

/// <summary>min(max(x, low), high) with the values of the tensor itself at two percentiles, by NumPy's linear definition.</summary>
/// <param name="Low">in percent; 0 bounds nothing</param>
/// <param name="High">in percent; 100 bounds nothing</param>
/// <param name="Over">where the percentiles are taken</param>
public sealed record ClipRange(double Low, double High, StatisticAxes Over) : PixelOperation
{
    public override string Id => "clip";
}

/// <summary>1 where x > threshold, else 0.</summary>
public sealed record Binarize(IReadOnlyList<double> Threshold) : PixelOperation
{
    public override string Id => "binarize";
}

/// <summary>1 / (1 + e^-x).</summary>
public sealed record Sigmoid : PixelOperation
{
    public override string Id => "sigmoid";
}

/// <summary>e^x over the sum of e^x of all channels of the pixel.</summary>
public sealed record Softmax : PixelOperation
{
    public override string Id => "softmax";
}

/// <summary>(x - mean) / (std + epsilon), both taken from the image; the standard deviation is that of the population.</summary>
public sealed record ZeroMeanUnitVariance(StatisticAxes Over, double Epsilon) : PixelOperation
{
    public override string Id => "zero_mean_unit_variance";
}

/// <summary>(x - mean) / (std + epsilon) with given numbers; Noise2Void's normalisation has epsilon 0.</summary>
public sealed record FixedZeroMeanUnitVariance(IReadOnlyList<double> Mean, IReadOnlyList<double> Std, double Epsilon) : PixelOperation
{
    public override string Id => "fixed_zero_mean_unit_variance";
}

/// <summary>(x - low) / (high - low + epsilon) with low and high the values at two percentiles, by NumPy's linear definition.</summary>
/// <param name="Low">in percent</param>
/// <param name="High">in percent</param>
/// <param name="Over">where the percentiles are taken</param>
/// <param name="Epsilon">added to the range</param>
/// <param name="Reference">null: of the tensor itself; else the id of the tensor, as it was before its own processing, whose percentiles are taken</param>
public sealed record ScaleRange(double Low, double High, StatisticAxes Over, double Epsilon, string? Reference = null) : PixelOperation
{
    public override string Id => "scale_range";
}

/// <summary>(x - mean) / (std + epsilon) * (reference's std + epsilon) + reference's mean.</summary>
/// <param name="Over">where both are taken</param>
/// <param name="Epsilon">added to the standard deviations</param>
/// <param name="Reference">id of an input tensor, as it was before its preprocessing</param>
public sealed record ScaleMeanVariance(StatisticAxes Over, double Epsilon, string Reference) : PixelOperation
{
    public override string Id => "scale_mean_variance";
}
