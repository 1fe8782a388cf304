namespace BioDL.Torch;

/// <summary>What one run of a measurement gave.</summary>
/// <param name="Shapes">of the tensors</param>
/// <param name="Values">of the tensors</param>
/// <param name="Peak">bytes that the run took at its worst moment, inputs not counted</param>
internal sealed record TorchOutputs(long[][] Shapes, float[][] Values, long Peak)
{
    /// <summary>The outputs less those of another run.</summary>
    public TorchOutputs Minus(TorchOutputs other) => this with
    {
        Values = [.. Values.Zip(other.Values, (own, others) => own.Zip(others, (a, b) => a - b).ToArray())],
    };

    public static unsafe TorchOutputs Of(IReadOnlyList<Core.Tensors.Tensor> outputs, long bytes)
    {
        float[][] values = [.. outputs.Select(output => new ReadOnlySpan<float>(output.Data, checked((int)output.Count)).ToArray())];
        // Pages are a coarse measure for a small run; the outputs themselves are known.
        return new TorchOutputs([.. outputs.Select(output => output.Shape)], values,
            Math.Max(bytes, outputs.Sum(output => output.Count * sizeof(float))));
    }
}
