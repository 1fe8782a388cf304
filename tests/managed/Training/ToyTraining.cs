using BioDL.Core.Training;
using BioDL.Graphs.UNets;
using BioDL.Training.Methods;
using BioDL.Training.Networks;
using BioDL.Training.Optimization;
using BioDL.Training.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace BioDL.Tests.Training;

/// <summary>
/// A small network that learns by a method from patches that are made on the spot: the method without files, loop and process.
/// </summary>
internal sealed class ToyTraining : IDisposable
{
    private const int Batch = 4;

    private readonly Func<PatchRandom, Patch> _draw;
    private readonly UNetModule _network;
    private readonly AdamW _optimizer;

    public ToyTraining(TrainingJob job, Func<PatchRandom, Patch> draw, string folder = "")
    {
        _draw = draw;
        _network = new UNetModule(job.Network, UNetWeights.Random(job.Network, job.Seed));
        _optimizer = new AdamW(_network.Parameters, 0);
        Method = MethodTable.Make(job, folder);
    }

    public Method Method { get; }

    public static TrainingJob Job(TrainingMethod method, params UNetHead[] heads) => new()
    {
        Method = method,
        Network = new UNet { Depth = 1, Filters = 8, Activation = Activation.LeakyRelu, Heads = heads },
        Samples = [],
        Patches = new PatchOptions([32, 32], Batch),
        Schedule = new ScheduleOptions { Steps = 1 },
    };

    /// <summary>A patch with an image to reach, or with classes, of 32 x 32 pixels.</summary>
    public static Patch Patch(float[] input, float[] target) => new()
    {
        Sample = new TrainingSample { Name = "toy", Input = new TrainingArray("", "float32", [1, 32, 32]) },
        Size = [32, 32], Channels = 1, Input = input, TargetChannels = 1, Target = target,
    };

    public void Learn(int steps)
    {
        for (int step = 1; step <= steps; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            using Batch batch = Make(step);
            Tensor[] heads = _network.Forward(batch.Input);
            Method.Loss(heads, batch).Total.backward();
            _optimizer.Step(3e-3);
            Method.AfterStep(heads, batch);
        }
    }

    /// <summary>Loss, its parts and figures of a batch that no step has seen.</summary>
    public Dictionary<string, double> Check()
    {
        using DisposeScope scope = NewDisposeScope();
        using var untracked = no_grad();
        using Batch batch = Make(0);
        Tensor[] heads = _network.Forward(batch.Input);
        Loss loss = Method.Loss(heads, batch);
        return loss.Parts.Select(part => (part.Name, part.Value.ToDouble())).Append(("loss", loss.Total.ToDouble()))
            .Concat(Method.Validate(heads, batch)).ToDictionary();
    }

    /// <summary>Head and batch of unseen patches, for a look at the values.</summary>
    public T Look<T>(Func<Tensor[], Batch, T> look)
    {
        using DisposeScope scope = NewDisposeScope();
        using var untracked = no_grad();
        using Batch batch = Make(0);
        return look(_network.Forward(batch.Input), batch);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
    }

    private Batch Make(int step)
    {
        var random = new PatchRandom(7, step);
        return Method.Make([.. Enumerable.Range(0, Batch).Select(_ => _draw(random))], random, step > 0);
    }
}
