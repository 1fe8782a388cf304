using System.Text.Json;
using BioDL.Core.Training;
using BioDL.Training.Checkpoints;
using BioDL.Training.Methods;
using BioDL.Training.Networks;
using BioDL.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace BioDL.Training.Loop;

/// <summary>A network with all that changes while it learns, and how a step changes it.</summary>
internal sealed class Learner : IDisposable
{
    private readonly TrainingJob _job;
    private readonly AdamW _optimizer;
    private readonly WeightAverage _average;
    private readonly Dictionary<string, Tensor> _kept;

    /// <param name="job">what it learns</param>
    /// <param name="start">weights that it begins with, by name</param>
    /// <param name="folder">of the training</param>
    public Learner(TrainingJob job, IReadOnlyDictionary<string, float[]> start, string folder)
    {
        _job = job;
        manual_seed(job.Seed);
        Network = new UNetModule(job.Network, start);
        Method = MethodTable.Make(job, folder);
        _optimizer = new AdamW(Network.Parameters, job.Schedule.WeightDecay);
        _average = new WeightAverage(Network.State, job.Schedule.Average);
        Standing = new Standing { Batch = job.Patches.Batch };
        _kept = new[] { ("network", Network.State), ("optimizer", _optimizer.State), ("average", _average.State), ("method", Method.State) }
            .SelectMany(part => part.Item2.Select(pair => ($"{part.Item1}/{pair.Key}", pair.Value))).ToDictionary(StringComparer.Ordinal);
    }

    public UNetModule Network { get; }
    public Method Method { get; }
    public Standing Standing { get; private set; }

    /// <summary>Learn from one batch.</summary>
    /// <param name="batch">made for this step</param>
    /// <param name="rate">of learning</param>
    /// <returns>"loss" and its parts; null: a number was not finite, and nothing has changed</returns>
    public IReadOnlyList<(string Name, double Value)>? Step(Batch batch, double rate)
    {
        using DisposeScope scope = NewDisposeScope();
        // A method that lets libtorch draw does so alike after a restart.
        manual_seed(_job.Seed + Standing.Step);
        Network.Trains = true;
        Tensor[] heads = Network.Forward(batch.Input);
        Loss loss = Method.Loss(heads, batch);
        loss.Total.backward();
        double norm = _optimizer.GradientNorm();
        var values = Values(loss);
        if (!double.IsFinite(norm) || values.Any(part => !double.IsFinite(part.Value)))
        {
            _optimizer.Forget();
            return null;
        }
        double clip = _job.Schedule.ClipNorm;
        _optimizer.Step(rate, clip > 0 && norm > clip ? clip / norm : 1);
        Standing.Step++;
        _average.Add(Standing.Step);
        Method.AfterStep(heads, batch);
        return values;
    }

    /// <summary>Forget what a step left that was broken off.</summary>
    public void Forget() => _optimizer.Forget();

    /// <summary>Do something with the weights that a model would have: averaged ones, batch norms at rest, no gradients.</summary>
    public void AtRest(Action action)
    {
        using var untracked = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _average.Swap();
        Network.Trains = false;
        try
        {
            action();
        }
        finally
        {
            _average.Swap();
        }
    }

    public static IReadOnlyList<(string Name, double Value)> Values(Loss loss) =>
        [("loss", loss.Total.item<float>()), .. loss.Parts.Select(part => (part.Name, (double)part.Value.item<float>()))];

    /// <summary>Write a checkpoint.</summary>
    public void Save(string path) => TensorFile.Write(path, JsonSerializer.Serialize(Standing, StandingJson.Default.Standing), _kept);

    /// <summary>Write the network's tensors as they are now.</summary>
    public void SaveNetwork(string path) =>
        TensorFile.Write(path, JsonSerializer.Serialize(Standing, StandingJson.Default.Standing), Network.State);

    /// <summary>Go on from a checkpoint.</summary>
    /// <exception cref="InvalidDataException">It belongs to another network or method.</exception>
    public void Restore(string path) =>
        Standing = JsonSerializer.Deserialize(TensorFile.Restore(path, _kept), StandingJson.Default.Standing)!;

    public void Dispose()
    {
        _average.Dispose();
        _optimizer.Dispose();
        Network.Dispose();
    }
}
