using System.Numerics;
using static TorchSharp.torch;

namespace BioDL.Training.Optimization;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101; beta 0.9 and 0.999, epsilon 1e-8) on float32 tensors of the processor, in one pass
/// over their memory and without taking any. Weights decay, but not biases and norms (tensors of one axis).
/// </summary>
internal sealed class AdamW : IDisposable
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    private readonly Entry[] _entries;
    private readonly double _decay;
    private readonly Tensor _updates = zeros(1);

    /// <param name="parameters">by name, with gradients; they stay the caller's</param>
    /// <param name="decay">of weights, relative to the rate</param>
    public AdamW(IReadOnlyDictionary<string, Tensor> parameters, double decay)
    {
        _decay = decay;
        using var untracked = no_grad();
        _entries = [.. parameters.Select(pair => new Entry(pair.Key, pair.Value, pair.Value.shape.Length > 1,
            zeros(pair.Value.shape).DetachFromDisposeScope(), zeros(pair.Value.shape).DetachFromDisposeScope()))];
        _updates.DetachFromDisposeScope();
        State = _entries.SelectMany(entry => new[] { ($"{entry.Name}.mean", entry.Mean), ($"{entry.Name}.square", entry.Square) })
            .Append(("updates", _updates)).ToDictionary(StringComparer.Ordinal);
    }

    private sealed record Entry(string Name, Tensor Parameter, bool Decays, Tensor Mean, Tensor Square);

    /// <summary>What it keeps between steps, by name; a checkpoint restores it in place.</summary>
    public IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>The length of all gradients together; not finite where one of them is not.</summary>
    public double GradientNorm()
    {
        double sum = 0;
        foreach (Entry entry in _entries)
        {
            using Tensor? gradient = entry.Parameter.grad;
            if (gradient is not null)
                sum += SumOfSquares(TensorValues.Of(gradient));
        }
        return Math.Sqrt(sum);
    }

    /// <summary>Change all parameters, and make their gradients 0.</summary>
    /// <param name="rate">of learning</param>
    /// <param name="scale">gradients are multiplied by it first</param>
    public void Step(double rate, double scale = 1)
    {
        float updates = ++TensorValues.Of(_updates)[0];
        // Kingma and Ba 2015: the means begin at 0, which is set right in the rate.
        double right1 = 1 - Math.Pow(Beta1, updates), right2 = Math.Sqrt(1 - Math.Pow(Beta2, updates));
        var factors = new Factors((float)scale, (float)(rate * right2 / right1), (float)(Epsilon * right2), 0);
        foreach (Entry entry in _entries)
        {
            using Tensor? gradient = entry.Parameter.grad;
            if (gradient is null)
                continue;
            Factors own = entry.Decays ? factors with { Decay = (float)(rate * _decay) } : factors;
            Update(own, TensorValues.Of(entry.Parameter), TensorValues.Of(gradient), TensorValues.Of(entry.Mean),
                TensorValues.Of(entry.Square));
        }
    }

    /// <summary>Make all gradients 0 without a step.</summary>
    public void Forget()
    {
        foreach (Entry entry in _entries)
        {
            using Tensor? gradient = entry.Parameter.grad;
            if (gradient is not null)
                TensorValues.Of(gradient).Clear();
        }
    }

    public void Dispose()
    {
        foreach (Tensor tensor in State.Values)
            tensor.Dispose();
    }

    private readonly record struct Factors(float Scale, float Rate, float Epsilon, float Decay);

    private static void Update(Factors factors, Span<float> weights, Span<float> gradients, Span<float> means, Span<float> squares)
    {
        Span<Vector<float>> weight = TensorValues.Vectors(weights), gradient = TensorValues.Vectors(gradients),
            mean = TensorValues.Vectors(means), square = TensorValues.Vectors(squares);
        var epsilon = new Vector<float>(factors.Epsilon);
        for (int i = 0; i < weight.Length; i++)
        {
            Vector<float> g = gradient[i] * factors.Scale;
            Vector<float> m = mean[i] = mean[i] * Beta1 + g * (1 - Beta1);
            Vector<float> s = square[i] = square[i] * Beta2 + g * g * (1 - Beta2);
            weight[i] = weight[i] * (1 - factors.Decay) - m * factors.Rate / (Vector.SquareRoot(s) + epsilon);
            gradient[i] = Vector<float>.Zero;
        }
        for (int i = weight.Length * Vector<float>.Count; i < weights.Length; i++)
        {
            float g = gradients[i] * factors.Scale;
            means[i] = means[i] * Beta1 + g * (1 - Beta1);
            squares[i] = squares[i] * Beta2 + g * g * (1 - Beta2);
            weights[i] = weights[i] * (1 - factors.Decay) - means[i] * factors.Rate / (MathF.Sqrt(squares[i]) + factors.Epsilon);
            gradients[i] = 0;
        }
    }

    private static double SumOfSquares(Span<float> values)
    {
        Vector<double> sum = Vector<double>.Zero;
        Span<Vector<float>> vectors = TensorValues.Vectors(values);
        foreach (Vector<float> vector in vectors)
        {
            Vector.Widen(vector, out Vector<double> low, out Vector<double> high);
            sum += low * low + high * high;
        }
        double all = Vector.Sum(sum);
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
            all += (double)value * value;
        return all;
    }
}
