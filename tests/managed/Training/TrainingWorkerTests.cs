using System.Diagnostics;
using BioDL.Core.Training;
using BioDL.Tests.Torch;
using BioDL.Torch.Training;

namespace BioDL.Tests.Training;

/// <summary>A training in its own process, as it is published: ended from outside, queued, yielding, short of memory and of disk.</summary>
[Collection(WorkerCollection.Name)]
public sealed class TrainingWorkerTests : IDisposable
{
    private const long Plenty = 8L << 30;

    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(2);
    private static readonly TrainingJob Endless = TrainingFolders.Job with
    {
        Schedule = TrainingFolders.Job.Schedule with { Steps = 1_000_000 },
    };

    private readonly TrainingFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [SkippableFact]
    public void A_killed_training_says_so_and_goes_on_on_the_same_curve()
    {
        TorchScripts.Require();
        TrainingJob job = TrainingFolders.Job with { Schedule = TrainingFolders.Job.Schedule with { Steps = 120 } };
        string whole = _folders.Lay(job), killed = _folders.Lay(job);
        Assert.Equal(TrainingState.Done, Train(whole).State);
        using (var worker = new TrainingWorker(killed, Plenty, 1))
        {
            worker.Start();
            Until(() => Curve(killed) > 0);
            Process.GetProcessById(WorkerOf(killed)).Kill();
            Assert.True(worker.Wait(Patient));
            Assert.Equal(TrainingState.Failed, worker.Progress.State);
            Assert.Contains("taken up again from its last checkpoint", worker.Progress.Message);
        }
        Assert.Equal(TrainingState.Done, Train(killed).State);
        Assert.Equal(TrainingFolders.Curve(whole), TrainingFolders.Curve(killed));
        byte[][] weights = [.. new[] { whole, killed }.Select(folder => File.ReadAllBytes(Path.Combine(folder, TrainingFiles.Weights)))];
        Assert.Equal(weights[0], weights[1]);
    }

    [SkippableFact]
    public void A_second_training_waits_until_the_first_has_ended()
    {
        TorchScripts.Require();
        using var first = new TrainingWorker(_folders.Lay(Endless), Plenty, 1);
        using var second = new TrainingWorker(_folders.Lay(TrainingFolders.Job), Plenty, 1);
        first.Start();
        Until(() => first.Progress.State == TrainingState.Training);
        second.Start();
        Until(() => second.Progress.State == TrainingState.Queued);
        first.Stop();
        Assert.True(first.Wait(Patient) && second.Wait(Patient));
        Assert.Equal((TrainingState.Done, TrainingState.Done), (first.Progress.State, second.Progress.State));
    }

    [SkippableFact]
    public void It_yields_to_a_run_and_goes_on_after_it()
    {
        TorchScripts.Require();
        using var worker = new TrainingWorker(_folders.Lay(Endless), Plenty, 1);
        worker.Start();
        Until(() => worker.Progress.Step > 0);
        using (TrainingWorker.Yield())
        using (TrainingWorker.Yield())
        {
            Until(() => worker.Progress.State == TrainingState.Yielding);
            int step = worker.Progress.Step;
            Thread.Sleep(300);
            Assert.Equal((TrainingState.Yielding, step), (worker.Progress.State, worker.Progress.Step));
        }
        Until(() => worker.Progress.State == TrainingState.Training);
        worker.Snapshot();
        Until(() => worker.Progress.Snapshots == 1);
    }

    [SkippableFact]
    public void Ended_by_the_library_it_leaves_its_checkpoint_and_no_process()
    {
        TorchScripts.Require();
        string folder = _folders.Lay(Endless);
        var worker = new TrainingWorker(folder, Plenty, 1);
        worker.Start();
        Until(() => worker.Progress.Step > 0);
        int process = WorkerOf(folder);
        worker.Dispose();
        Assert.Equal(TrainingState.Cancelled, worker.Progress.State);
        Assert.False(Directory.Exists($"/proc/{process}"));
        Assert.True(File.Exists(Path.Combine(folder, TrainingFiles.Checkpoint)));
    }

    [SkippableFact]
    public void With_little_memory_a_step_has_fewer_patches_and_with_less_it_stops_clearly()
    {
        TorchScripts.Require();
        TrainingJob large = TrainingFolders.Job with
        {
            Network = TrainingFolders.Job.Network with { Filters = 32 },
            Patches = new PatchOptions([256, 256], 16),
            Schedule = TrainingFolders.Job.Schedule with { Steps = 2 },
        };
        using (var worker = new TrainingWorker(_folders.Lay(large), 1000L << 20, 1))
        {
            worker.Start();
            Assert.True(worker.Wait(Patient));
            Assert.Equal((TrainingState.Done, 2), (worker.Progress.State, worker.Progress.Step));
            Assert.Contains(worker.Messages, line => line.Contains("Memory is short: a step has", StringComparison.Ordinal));
        }
        TrainingProgress none = Train(_folders.Lay(large), 60L << 20);
        Assert.Equal(TrainingState.Failed, none.State);
        Assert.Contains("not enough memory to train on one patch of 256 x 256 pixels", none.Message);
        Assert.Contains("smaller patches", none.Message);
    }

    [SkippableFact]
    public void A_full_disk_ends_it_with_what_to_do()
    {
        TorchScripts.Require();
        string folder = _folders.Lay(TrainingFolders.Job);
        File.CreateSymbolicLink(Path.Combine(folder, TrainingFiles.Best + ".part"), "/dev/full");
        TrainingProgress end = Train(folder);
        Assert.Equal(TrainingState.Failed, end.State);
        Assert.Contains("No space left on device", end.Message);
        Assert.Contains("taken up again from its last checkpoint", end.Message);
        File.Delete(Path.Combine(folder, TrainingFiles.Best + ".part"));
        Assert.Equal(TrainingState.Done, Train(folder).State);
    }

    [SkippableFact]
    public void A_folder_without_a_training_is_told()
    {
        TorchScripts.Require();
        string folder = Directory.CreateDirectory(Path.Combine(_folders.Root, "empty")).FullName;
        Assert.Contains("job.json does not describe a training", Train(folder).Message);
    }

    private static TrainingProgress Train(string folder, long memory = Plenty)
    {
        using var worker = new TrainingWorker(folder, memory, 1);
        worker.Start();
        Assert.True(worker.Wait(Patient));
        return worker.Progress;
    }

    private static void Until(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patient, "it does not happen");
            Thread.Sleep(1);
        }
    }

    private static int Curve(string folder)
    {
        var curve = new FileInfo(Path.Combine(folder, TrainingFiles.Curve));
        return curve.Exists ? (int)curve.Length : 0;
    }

    /// <summary>The process that trains in a folder.</summary>
    private static int WorkerOf(string folder) => Directory.GetDirectories("/proc").Select(Path.GetFileName)
        .Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!))
        .First(id => CommandLine(id).Contains($"train\0{folder}\0", StringComparison.Ordinal));

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
