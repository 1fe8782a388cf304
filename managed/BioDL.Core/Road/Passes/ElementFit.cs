using System.Globalization;
using BioDL.Core.Road.Planning;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Core.Tensors;

namespace BioDL.Core.Road.Passes;

/// <summary>
/// Fits what the preprocessing gave to a network whose input holds less than float32: what is no finite number becomes 0, whole types cut
/// towards zero, and values beyond the type become its nearest one. Each pixel that this changes counts once, in the tile that owns it.
/// </summary>
internal sealed unsafe class ElementFit
{
    private readonly InputTensor _tensor;
    private readonly ElementRange _range;
    private Sample? _sample;
    private Counts _now = new(0, 0, float.MaxValue, float.MinValue);
    private Counts _before;

    private ElementFit(InputTensor tensor, ElementRange range) => (_tensor, _range, _before) = (tensor, range, _now);

    /// <summary>Null where every float32 fits.</summary>
    public static ElementFit? Of(InputTensor tensor) =>
        ElementRange.Of(tensor.ElementType) is { } range ? new ElementFit(tensor, range) : null;

    /// <summary>A sample's tiles come; what was counted of the same sample before does not count.</summary>
    public void Begin(Sample sample)
    {
        if (sample != _sample)
            (_before, _sample) = (_now, sample);
        _now = _before;
    }

    /// <param name="values">a tile in our order of axes</param>
    /// <param name="size">of the tile</param>
    /// <param name="own">the part of it that no other tile counts</param>
    public void Apply(float* values, TensorSize size, ValueBox own)
    {
        for (long c = 0; c < size.C; c++)
            for (int z = 0; z < size.Z; z++)
                for (int y = 0; y < size.Y; y++)
                {
                    float* row = values + c * size.Channel + z * size.Plane + y * size.X;
                    if (own.HasRow(z, y))
                        Count(row, own.X, own.XEnd);
                    Fit(row, (int)size.X);
                }
    }

    /// <summary>What was changed, in words.</summary>
    public void Tell(Action<string> warn)
    {
        string name = _tensor.Id.Length > 0 ? _tensor.Id : _tensor.Name;
        if (_now.Clipped > 0)
        {
            string remedy = _tensor.ElementType == "uint8" ? "Convert the image to 8-bit first (ImageJ: Image > Type > 8-bit)"
                : "Bring the image's intensities into this range first";
            warn(string.Create(CultureInfo.InvariantCulture, $"The network takes {_tensor.ElementType} ({_range.Low:G9} to "
                + $"{_range.High:G9}), and {_now.Clipped} values for {name} "
                + $"are beyond that (from {_now.Lowest:G6} to {_now.Highest:G6}): they were clipped. "
                + $"{remedy}, or use a model for such images."));
        }
        if (_now.NotFinite > 0)
            warn(string.Create(CultureInfo.InvariantCulture, $"{_now.NotFinite} values for {name} are NaN or infinite, which "
                + $"{_tensor.ElementType} has not: they became 0."));
    }

    private void Count(float* row, int start, int end)
    {
        for (int x = start; x < end; x++)
        {
            float value = _range.Whole ? MathF.Truncate(row[x]) : row[x];
            if (value >= _range.Low && value <= _range.High)
                continue;
            _now = float.IsFinite(value) ? _now.WithClipped(row[x]) : _now with { NotFinite = _now.NotFinite + 1 };
        }
    }

    private void Fit(float* row, int count)
    {
        RawPass.Finish(row, count);
        if (_range.Whole)
            Elementwise.Run(default(Truncate), row, count);
        Elementwise.Run(new Clamp(_range.Low, _range.High), row, count);
    }

    private readonly record struct Counts(long Clipped, long NotFinite, float Lowest, float Highest)
    {
        public Counts WithClipped(float value) =>
            new(Clipped + 1, NotFinite, Math.Min(Lowest, value), Math.Max(Highest, value));
    }
}
