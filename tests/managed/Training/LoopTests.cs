using BioDL.Core;
using BioDL.Core.Training;
using BioDL.Graphs.UNets.Reading;
using BioDL.Training.Checkpoints;
using BioDL.Training.Loop;

namespace BioDL.Tests.Training;

/// <summary>A training from its folder to its weights, in this process.</summary>
[Collection(Torch.WorkerCollection.Name)]
public sealed class LoopTests : IDisposable
{
    private static readonly TrainingJob Plain = TrainingFolders.Job;

    private readonly TrainingFolders _folders = new();

    /// <summary>What a checkpoint has to hold: averages, running statistics of batch norms, an adversary that learns beside.</summary>
    private static readonly Dictionary<string, TrainingJob> Jobs = new()
    {
        ["averaged"] = Plain,
        ["batch norm"] = Plain with
        {
            Network = Plain.Network with { Norm = UNetNorm.Batch },
            Augmentation = new() { Noise = 0.1, Scale = 0.2 },
        },
        ["adversary"] = Plain with { Restoration = new() { Adversarial = 0.1 }, Patches = new PatchOptions([32, 32], 2) },
    };

    public static TheoryData<string> EveryJob => [.. Jobs.Keys];

    public void Dispose() => _folders.Dispose();

    [SkippableTheory]
    [MemberData(nameof(EveryJob))]
    public void A_training_that_is_broken_off_anywhere_goes_on_on_the_same_curve(string name)
    {
        Libtorch.Require();
        string whole = _folders.Lay(Jobs[name]), broken = _folders.Lay(Jobs[name]);
        Train(whole);
        foreach (int step in (int[])[3, 8, 8, 19, 23])
            Assert.Throws<BrokenOff>(() => Train(broken, line => line.Step >= step ? throw new BrokenOff() : 0));
        Train(broken);
        Assert.Equal(TrainingFolders.Curve(whole), TrainingFolders.Curve(broken));
        Assert.Equal(4, TrainingFolders.Curve(whole).Count);
        Assert.Equal(Bytes(whole, TrainingFiles.Weights), Bytes(broken, TrainingFiles.Weights));
        Assert.Equal(Tensors(whole, TrainingFiles.Checkpoint), Tensors(broken, TrainingFiles.Checkpoint));
    }

    [SkippableFact]
    public void The_same_seed_gives_the_same_curve_and_another_one_another()
    {
        Libtorch.Require();
        string[] folders = [_folders.Lay(Plain), _folders.Lay(Plain), _folders.Lay(Plain with { Seed = 2 })];
        foreach (string folder in folders)
            Train(folder);
        Assert.Equal(TrainingFolders.Curve(folders[0]), TrainingFolders.Curve(folders[1]));
        Assert.NotEqual(TrainingFolders.Curve(folders[0]), TrainingFolders.Curve(folders[2]));
    }

    [SkippableFact]
    public void It_learns_and_what_was_best_is_what_runs()
    {
        Libtorch.Require();
        string folder = _folders.Lay(Plain with
        {
            Network = Plain.Network with { Residual = false },
            Schedule = Plain.Schedule with { Steps = 60, Rate = 3e-3 },
        });
        List<TrainingProgress> lines = Train(folder);
        TrainingProgress[] validated = [.. lines.Where(line => line.ValidationLoss is not null)];
        Assert.Equal(10, validated.Length);
        Assert.True(validated[^1].ValidationLoss < 0.7 * validated[0].ValidationLoss);
        Assert.Equal([TrainingState.Training, TrainingState.Finishing, TrainingState.Done], lines.Select(line => line.State).Distinct());
        UNetFound found = UNetReader.Read(Bytes(folder, TrainingFiles.Weights), "weights");
        Assert.All(Tensors(folder, TrainingFiles.Best), pair => Assert.Equal(pair.Value, found.Weights[pair.Key]));
        Assert.Equal(3 * 16 * 16 * sizeof(float), Bytes(folder, TrainingFiles.Picture).Length);
    }

    [SkippableFact]
    public void Pixels_that_are_no_number_send_it_back_to_the_last_good_state()
    {
        Libtorch.Require();
        string folder = _folders.Lay(Plain with { Patches = Plain.Patches with { Batch = 1, Foreground = 0 } },
            (input, image) => input[0] = image == 0 ? float.NaN : input[0], images: 6);
        List<TrainingProgress> lines = Train(folder);
        Assert.Equal(TrainingState.Done, lines[^1].State);
        Assert.All(Tensors(folder, TrainingFiles.Best).Values.SelectMany(values => values), value => Assert.True(float.IsFinite(value)));
    }

    [SkippableFact]
    public void A_loss_that_never_stays_finite_is_an_error_that_says_where_to_look()
    {
        Libtorch.Require();
        string folder = _folders.Lay(Plain, (input, _) => Array.Fill(input, float.NaN));
        List<TrainingProgress> lines = [];
        BioDLException error = Assert.Throws<BioDLException>(() => Train(folder, line => Add(lines, line)));
        Assert.Equal(Status.InvalidArgument, error.Status);
        Assert.Contains("did not stay finite", error.Message);
        Assert.Contains("pixels that are not a number", error.Hint);
    }

    [SkippableFact]
    public void Stop_ends_it_with_the_best_and_a_snapshot_writes_it_meanwhile()
    {
        Libtorch.Require();
        string folder = _folders.Lay(Plain with { Schedule = Plain.Schedule with { Steps = 100_000 } });
        var control = new TrainingControl();
        control.Tell("snapshot");
        List<TrainingProgress> lines = [];
        Run(folder, control, line =>
        {
            if (line.Snapshots == 1 && lines.Count == 0)
                lines.Add(File.Exists(In(folder, TrainingFiles.Weights)) ? line : throw new InvalidOperationException("no snapshot"));
            if (line.Step >= 7)
                control.Tell("stop");
            return 0;
        });
        Assert.Single(lines);
        Assert.InRange(TrainingFolders.Curve(folder).Count, 2, 50);
        Assert.True(File.Exists(In(folder, TrainingFiles.Weights)));
    }

    [SkippableFact]
    public void It_waits_while_it_is_paused()
    {
        Libtorch.Require();
        string folder = _folders.Lay(Plain);
        var control = new TrainingControl();
        control.Tell("pause");
        using var yields = new ManualResetEventSlim();
        var thread = new Thread(() => Run(folder, control, line => Set(yields, line.State == TrainingState.Yielding)));
        thread.Start();
        yields.Wait();
        Assert.False(thread.Join(200));
        Assert.False(File.Exists(In(folder, TrainingFiles.Curve)) && TrainingFolders.Curve(folder).Count > 0);
        control.Tell("go");
        thread.Join();
        Assert.Equal(4, TrainingFolders.Curve(folder).Count);
    }

    [SkippableFact]
    public void Without_a_better_validation_it_ends_early_and_without_time_at_once()
    {
        Libtorch.Require();
        ScheduleOptions schedule = Plain.Schedule;
        string early = _folders.Lay(Plain with
        {
            Schedule = schedule with { Steps = 1000, ValidateEvery = 1, Patience = 3, Rate = 1e-12, Average = 0 },
        });
        Train(early);
        Assert.InRange(TrainingFolders.Curve(early).Count, 4, 999);
        string timed = _folders.Lay(Plain with { Schedule = schedule with { Steps = 1_000_000, Minutes = 1e-5 } });
        List<TrainingProgress> lines = Train(timed);
        Assert.Equal(TrainingState.Done, lines[^1].State);
        Assert.InRange(lines[^1].Step, 1, 1000);
    }

    [SkippableFact]
    public void One_image_alone_is_trained_on_and_the_latest_state_is_kept()
    {
        Libtorch.Require();
        TrainingJob job = Plain with { Patches = new PatchOptions([64, 64], 2) };
        string folder = _folders.Lay(job, images: 2);
        string text = File.ReadAllText(In(folder, TrainingJob.FileName)).Replace("\"IsValidation\": true", "\"IsValidation\": false");
        File.WriteAllText(In(folder, TrainingJob.FileName), text);
        List<TrainingProgress> lines = Train(folder);
        Assert.All(lines, line => Assert.Null(line.ValidationLoss));
        Assert.Equal(Plain.Schedule.Steps, lines[^1].Step);
        Assert.True(File.Exists(In(folder, TrainingFiles.Weights)));
    }

    [SkippableFact]
    public void A_checkpoint_of_another_network_is_refused()
    {
        Libtorch.Require();
        string one = _folders.Lay(Plain), other = _folders.Lay(Plain with { Network = Plain.Network with { Filters = 16 } });
        Train(one);
        File.Copy(In(one, TrainingFiles.Checkpoint), In(other, TrainingFiles.Checkpoint));
        Assert.Contains("down0.conv0.weight", Assert.Throws<InvalidDataException>(() => Train(other)).Message);
        File.WriteAllText(In(one, TrainingFiles.Checkpoint), "torn");
        Assert.Contains("no file of tensors", Assert.Throws<InvalidDataException>(() => Train(one)).Message);
    }

    private static List<TrainingProgress> Train(string folder, Func<TrainingProgress, int>? hear = null)
    {
        List<TrainingProgress> lines = [];
        Run(folder, new TrainingControl(), line =>
        {
            lines.Add(line);
            return hear?.Invoke(line) ?? 0;
        });
        return lines;
    }

    private static void Run(string folder, TrainingControl control, Func<TrainingProgress, int> hear)
    {
        using var trainer = new Trainer(new TrainingFolder(folder), control, line => hear(line));
        trainer.Run();
    }

    private static int Add(List<TrainingProgress> lines, TrainingProgress line)
    {
        lines.Add(line);
        return 0;
    }

    private static int Set(ManualResetEventSlim signal, bool condition)
    {
        if (condition)
            signal.Set();
        return 0;
    }

    private static string In(string folder, string file) => Path.Combine(folder, file);

    private static Dictionary<string, float[]> Tensors(string folder, string file) => TensorFile.Read(In(folder, file)).Values;

    private static byte[] Bytes(string folder, string file) => File.ReadAllBytes(In(folder, file));

    private sealed class BrokenOff : Exception;
}
