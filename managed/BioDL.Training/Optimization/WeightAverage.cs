using System.Numerics;
using static TorchSharp.torch;

namespace BioDL.Training.Optimization;

/// <summary>
/// Weights averaged exponentially over the steps (Polyak): what a validation sees and a model keeps, since it is steadier than the last
/// step. In the first steps the average is short: of n steps at most (1 + n) / (10 + n) is kept.
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly IReadOnlyDictionary<string, Tensor> _weights;
    private readonly double _decay;

    /// <param name="weights">float32, by name; they stay the caller's</param>
    /// <param name="decay">0 to below 1; 0: there is no average, the weights are taken as they are</param>
    public WeightAverage(IReadOnlyDictionary<string, Tensor> weights, double decay)
    {
        _weights = weights;
        _decay = decay;
        using var untracked = no_grad();
        State = decay == 0 ? new Dictionary<string, Tensor>()
            : weights.ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone().DetachFromDisposeScope(), StringComparer.Ordinal);
    }

    /// <summary>The averages by name; none without a decay.</summary>
    public IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>After a step.</summary>
    /// <param name="steps">done</param>
    public void Add(int steps)
    {
        float kept = (float)Math.Min(_decay, (1.0 + steps) / (10.0 + steps));
        foreach ((string name, Tensor average) in State)
            Blend(TensorValues.Of(average), TensorValues.Of(_weights[name]), kept);
    }

    /// <summary>Put the averages where the weights are, and the weights where the averages were; a second time undoes it.</summary>
    public void Swap()
    {
        foreach ((string name, Tensor average) in State)
        {
            Span<float> one = TensorValues.Of(average), other = TensorValues.Of(_weights[name]);
            for (int i = 0; i < one.Length; i++)
                (one[i], other[i]) = (other[i], one[i]);
        }
    }

    public void Dispose()
    {
        foreach (Tensor average in State.Values)
            average.Dispose();
    }

    private static void Blend(Span<float> averages, Span<float> weights, float kept)
    {
        Span<Vector<float>> average = TensorValues.Vectors(averages), weight = TensorValues.Vectors(weights);
        for (int i = 0; i < average.Length; i++)
            average[i] += (weight[i] - average[i]) * (1 - kept);
        for (int i = average.Length * Vector<float>.Count; i < averages.Length; i++)
            averages[i] += (weights[i] - averages[i]) * (1 - kept);
    }
}
