using BioDL.Core.Training;
using BioDL.Graphs.UNets;
using BioDL.Torch.Worker;
using BioDL.Training;
using BioDL.Training.Loop;
using BioDL.Training.Methods;
using BioDL.Training.Networks;
using BioDL.Training.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace BioDL.Bench;

/// <summary>
/// What a step costs beside its network: forward and backward of the bare network on one batch, and whole steps of a training (patches cut
/// and prepared ahead, loss, gradients measured, AdamW, averages), in turn.
/// </summary>
internal static class TrainingBench
{
    private const int Rounds = 12, Batch = 4, Images = 8, ImageSide = 256;

    public static void Run()
    {
        if (TorchLibrary.Unavailable is { } reason)
        {
            Console.WriteLine($"left out: {reason}");
            return;
        }
        Libtorch.Load(TorchLibrary.Folder!, threads: 1, trains: true);
        foreach (int threads in (int[])[1, 2])
        {
            set_num_threads(threads);
            foreach ((int filters, int side) in ((int, int)[])[(16, 64), (32, 128)])
                Compare(threads, new UNet { Depth = 2, Filters = filters, Residual = true }, side);
        }
    }

    private static void Compare(int threads, UNet net, int side)
    {
        string folder = Directory.CreateTempSubdirectory("biodl-bench").FullName;
        try
        {
            TrainingJob job = Job(folder, net, side);
            using var source = new PatchSource(folder, job);
            using var learner = new Learner(job, UNetWeights.Random(net, 1), folder);
            using var bare = new UNetModule(net, UNetWeights.Random(net, 1)) { Trains = true };
            using Batch one = Make(source, learner, job, 1);
            using var queue = new BatchQueue(step => Make(source, learner, job, step), 1);
            (double Clock, double Cores) there = (double.PositiveInfinity, double.PositiveInfinity), here = there;
            for (int round = 0; round < Rounds; round++)
            {
                here = Least(here, Timing.Measure(() => Bare(bare, one)));
                there = Least(there, Timing.Measure(() => Step(learner, queue)));
            }
            Console.WriteLine($"{threads} thread(s), {net.Filters} filters, {Batch} patches of {side} x {side}: {1 / there.Clock:0.0} "
                + $"steps a second, the network alone {1 / here.Clock:0.0}: a step takes {there.Clock / here.Clock:0.000} of its time and "
                + $"{there.Cores / here.Cores:0.000} of its processor time");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double Clock, double Cores) Least((double Clock, double Cores) one, (double Clock, double Cores) other) =>
        (Math.Min(one.Clock, other.Clock), Math.Min(one.Cores, other.Cores));

    private static void Bare(UNetModule network, Batch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        nn.functional.l1_loss(network.Forward(batch.Input)[0], batch.Targets[0]).backward();
        foreach (Tensor parameter in network.Parameters.Values)
            parameter.grad?.zero_();
    }

    private static void Step(Learner learner, BatchQueue queue)
    {
        using Batch batch = queue.Take();
        learner.Step(batch, 1e-4);
    }

    private static Batch Make(PatchSource source, Learner learner, TrainingJob job, int step)
    {
        var random = new PatchRandom(job.Seed, step);
        return learner.Method.Make(source.Draw(Batch, random), random, training: true);
    }

    private static TrainingJob Job(string folder, UNet net, int side)
    {
        var random = new Random(1);
        TrainingArray Write(string file)
        {
            byte[] values = new byte[ImageSide * ImageSide * sizeof(float)];
            foreach (ref float value in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(values.AsSpan()))
                value = random.NextSingle();
            File.WriteAllBytes(Path.Combine(folder, file), values);
            return new TrainingArray(file, "float32", [1, ImageSide, ImageSide]);
        }
        return new TrainingJob
        {
            Method = TrainingMethod.Restoration, Network = net, Patches = new PatchOptions([side, side], Batch),
            Schedule = new ScheduleOptions { Steps = 1000, Average = 0.999 },
            Samples = [.. Enumerable.Range(0, Images).Select(i => new TrainingSample
            {
                Name = $"{i}", Input = Write($"{i}.input"), Target = Write($"{i}.target"),
            })],
        };
    }
}
