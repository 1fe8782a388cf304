using System.Diagnostics;
using BioDL.Core;
using BioDL.Core.Training;
using BioDL.Models;
using BioDL.Models.Training;
using BioDL.Models.Training.Runs;
using BioDL.Models.Verification;
using BioDL.Tests.Cli;
using BioDL.Tests.Torch;
using BioDL.Torch.Worker;

namespace BioDL.Tests.Training;

/// <summary>Trainings from images to a model of the catalogue, in the worker's process, also when they are disturbed.</summary>
[Collection(WorkerCollection.Name)]
public sealed class TrainingRunTests : IDisposable
{
    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(5);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_ends_as_a_model_that_verifies_and_runs()
    {
        TorchScripts.Require();
        string own = _folder.File("package");
        using TrainingRun run = TrainingRun.Create(Request(60) with { Name = "ends as a model", Folder = own });
        run.Start();
        Assert.True(run.Wait(Patient));
        TrainingResult result = run.Result();
        Assert.Equal(TrainingState.Done, run.Poll().State);
        Assert.True(File.Exists(result.Report));
        Assert.Contains("val_loss", result.Figures.Keys);
        Assert.NotEmpty(run.Curve());
        TrainingPicture picture = run.Picture()!;
        Assert.Contains("prediction", picture.Planes.Select(plane => plane.Name));
        foreach (string path in new[] { result.ModelId, own })
        {
            using Model model = Model.Open(path);
            Assert.Equal(VerifyOutcome.Passed, model.Verify("cpu").Outcome);
            Assert.True(model.Description.Outputs[0].RestoresInput);
        }
        Assert.DoesNotContain(TrainingRun.Unfinished(), one => one.Id == run.Id);
    }

    [SkippableFact]
    public void The_spread_of_a_probabilistic_restoration_is_known_as_such()
    {
        TorchScripts.Require();
        string own = _folder.File("package");
        UNet both = Small with { Heads = [new UNetHead("output", 1), new UNetHead("scale", 1, Activation.Softplus)] };
        TrainingRequest request = Request(10) with { Network = both, Folder = own };
        Ended(TrainingRun.Create(request with { Restoration = new RestorationOptions { Probabilistic = true } })).Dispose();
        using Model model = Model.Open(own);
        Assert.Equal([(true, false), (false, true)], model.Description.Outputs.Select(output => (output.RestoresInput, output.IsSpread)));
        Assert.Equal(VerifyOutcome.Passed, model.Verify("cpu").Outcome);
    }

    [Fact]
    public void The_loss_falls_and_the_same_seed_gives_the_same_curve()
    {
        TorchScripts.Require();
        double?[][] curves = [.. Enumerable.Range(0, 2).Select(_ => Curve(Ended(TrainingRun.Create(Request(60)))))];
        Assert.True(curves[0][^1] < 0.8 * curves[0][0], $"{curves[0][0]} to {curves[0][^1]}");
        Assert.Equal(curves[0], curves[1]);
    }

    [Fact]
    public void A_training_that_was_broken_off_is_offered_and_goes_on_on_the_same_curve()
    {
        TorchScripts.Require();
        double?[] whole = Curve(Ended(TrainingRun.Create(Request(60))));
        string id;
        using (TrainingRun broken = TrainingRun.Create(Request(60)))
        {
            id = broken.Id;
            Assert.Throws<BioDLException>(() => TrainingRun.Resume(id));
            broken.Start();
            WaitFor(() => broken.Curve().Count >= 2);
        }
        UnfinishedTraining offered = Assert.Single(TrainingRun.Unfinished(), one => one.Id == id);
        Assert.InRange(offered.Step, 1, 60);
        Assert.Equal(whole, Curve(Ended(TrainingRun.Resume(id))));
    }

    [Fact]
    public void A_worker_that_is_killed_fails_the_training_in_words_and_its_checkpoint_is_kept()
    {
        TorchScripts.Require();
        string id;
        using (TrainingRun run = TrainingRun.Create(Request(100_000)))
        {
            id = run.Id;
            run.Start();
            WaitFor(() => run.Curve().Count >= 1);
            Process worker = Assert.Single(Workers(),
                process => File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(id, StringComparison.Ordinal));
            worker.Kill();
            Assert.True(run.Wait(Patient));
            Assert.Equal(TrainingState.Failed, run.Poll().State);
            var error = Assert.Throws<BioDLException>(run.Result);
            Assert.Contains("ended", error.Message);
            Assert.Contains($"--resume {id}", error.Hint);
        }
        Assert.Contains(TrainingRun.Unfinished(), one => one.Id == id);
        Assert.True(TrainingRun.Discard(id));
        Assert.False(TrainingRun.Discard(id));
        Assert.DoesNotContain(TrainingRun.Unfinished(), one => one.Id == id);
    }

    [Fact]
    public void Of_two_trainings_one_waits_and_says_so()
    {
        TorchScripts.Require();
        using TrainingRun first = TrainingRun.Create(Request(100_000)), second = TrainingRun.Create(Request(30));
        first.Start();
        WaitFor(() => first.Poll().State == TrainingState.Training);
        second.Start();
        WaitFor(() => second.Poll().State == TrainingState.Queued);
        Assert.False(second.Wait(TimeSpan.FromMilliseconds(500)));
        first.Stop();
        Assert.True(first.Wait(Patient) && second.Wait(Patient));
        Assert.NotEmpty(first.Result().ModelId);
        Assert.NotEqual(first.Result().ModelId, second.Result().ModelId);
    }

    [SkippableFact]
    public void One_that_is_stopped_before_its_turn_makes_no_model_of_nothing_and_can_be_taken_up()
    {
        TorchScripts.Require();
        using TrainingRun first = TrainingRun.Create(Request(100_000));
        first.Start();
        WaitFor(() => first.Poll().State == TrainingState.Training);
        using (TrainingRun second = TrainingRun.Create(Request(30)))
        {
            second.Start();
            WaitFor(() => second.Poll().Message is { } said && said.Contains("Another training runs", StringComparison.Ordinal));
            second.Stop();
            Assert.True(second.Wait(Patient));
            var error = Assert.Throws<BioDLException>(second.Result);
            Assert.Equal(Status.Cancelled, error.Status);
            Assert.Contains($"--resume {second.Id}", error.Hint);
            second.Dispose();
            Assert.Contains(TrainingRun.Unfinished(), one => one.Id == second.Id && one.Step == 0);
            Assert.True(TrainingRun.Discard(second.Id));
        }
        first.Cancel();
    }

    [SkippableFact]
    public void Without_libtorch_it_says_how_to_get_it_and_leaves_nothing()
    {
        TorchScripts.Require();
        string? before = Environment.GetEnvironmentVariable(TorchLibrary.Variable);
        using TrainingRun broken = TrainingRun.Create(Request(30));
        string[] known = [.. TrainingRun.Unfinished().Select(one => one.Id)];
        try
        {
            Environment.SetEnvironmentVariable(TorchLibrary.Variable, _folder.Root);
            Assert.True(TrainingRun.Plan(Request(30)).Minutes > 0);
            Action[] actions = [() => TrainingRun.Create(Request(30)), () => TrainingRun.Resume(broken.Id), broken.Start];
            foreach (Action action in actions)
            {
                var error = Assert.Throws<BioDLException>(action);
                Assert.Equal(Status.NotFound, error.Status);
                Assert.Contains("holds no libtorch", error.Message);
                Assert.Contains("biodl torch install", error.Hint);
            }
            Assert.Equal(known, TrainingRun.Unfinished().Select(one => one.Id));
        }
        finally
        {
            Environment.SetEnvironmentVariable(TorchLibrary.Variable, before);
        }
        broken.Cancel();
    }

    [SkippableFact]
    public void A_folder_that_cannot_be_written_is_said_before_anything_is_trained()
    {
        TorchScripts.Require();
        File.WriteAllText(_folder.File("file"), "");
        var error = Assert.Throws<BioDLException>(() => TrainingRun.Create(Request(30) with { Folder = _folder.File("file/package") }));
        Assert.Equal(Status.Io, error.Status);
        Assert.Contains("file/package cannot be written", error.Message);
        Assert.Contains("is there already", Assert.Throws<BioDLException>(() =>
            TrainingRun.Create(Request(30) with { Folder = _folder.Root })).Message);
    }

    [Fact]
    public void A_training_yields_to_a_run_and_gives_a_snapshot_on_its_way()
    {
        TorchScripts.Require();
        using TrainingRun run = TrainingRun.Create(Request(100_000));
        run.Start();
        WaitFor(() => run.Curve().Count >= 1);
        string snapshot = _folder.File("snapshot");
        run.Snapshot(snapshot);
        using (Model model = Model.Open(snapshot))
            Assert.Equal(VerifyOutcome.Passed, model.Verify("cpu").Outcome);
        using (BioDL.Torch.Training.TrainingWorker.Yield())
            WaitFor(() => run.Poll().State == TrainingState.Yielding);
        WaitFor(() => run.Poll().State == TrainingState.Training);
        run.Cancel();
        Assert.Equal(TrainingState.Cancelled, run.Poll().State);
        Assert.Equal(Status.Cancelled, Assert.Throws<BioDLException>(run.Result).Status);
        Assert.DoesNotContain(TrainingRun.Unfinished(), one => one.Id == run.Id);
    }

    [Fact]
    public void A_start_gives_its_weights_and_its_network()
    {
        TorchScripts.Require();
        string own = _folder.File("start");
        double? random = Curve(Ended(TrainingRun.Create(Request(60) with { Folder = own })))[^1];
        TrainingRequest further = Request(10) with { Start = own, Network = null };
        further = further with { Schedule = further.Schedule! with { Rate = 1e-5 } };
        Assert.Equal(Small.Filters, TrainingRun.Plan(further).Network.Filters);
        double?[] curve = Curve(Ended(TrainingRun.Create(further)));
        Assert.True(curve[0] < 1.2 * random, $"{string.Join(' ', curve)} after {random}");
    }

    private static readonly UNet Small = new()
    {
        Depth = 1, Filters = 8, Convolutions = 1, Narrow = true, Activation = Activation.LeakyRelu, Heads = [new UNetHead("output", 1)],
    };

    /// <summary>A few pictures of blobs with noise, to be had without: a network of a thousand weights learns it in a second.</summary>
    private static TrainingRequest Request(int steps)
    {
        TrainingImage Drawn(int seed)
        {
            var random = new Random(seed);
            float[] clean = new float[48 * 64];
            for (int blob = 0; blob < 12; blob++)
            {
                (double y, double x) = (random.NextDouble() * 48, random.NextDouble() * 64);
                for (int i = 0; i < clean.Length; i++)
                    clean[i] += (float)Math.Exp(-((i / 64 - y) * (i / 64 - y) + (i % 64 - x) * (i % 64 - x)) / 18);
            }
            float[] noisy = [.. clean.Select(value => value + (float)(0.3 * (random.NextDouble() - 0.5)))];
            return new TrainingImage
            {
                Name = $"blobs {seed}", Input = MemoryImage.Of(noisy, 48, 64), Target = MemoryImage.Of(clean, 48, 64),
            };
        }
        return new TrainingRequest
        {
            Method = TrainingMethod.Restoration, Images = [.. Enumerable.Range(1, 4).Select(Drawn)], Network = Small, Steps = steps,
            Patch = 32, Batch = 2, Threads = 1,
            Schedule = new ScheduleOptions { Steps = steps, ValidateEvery = 10, Rate = 3e-3, WarmUp = 2 },
        };
    }

    private static TrainingRun Ended(TrainingRun run)
    {
        run.Start();
        Assert.True(run.Wait(Patient));
        _ = run.Result();
        return run;
    }

    private static double?[] Curve(TrainingRun run)
    {
        using (run)
            return [.. run.Curve().Select(line => line.ValidationLoss)];
    }

    private static Process[] Workers() =>
        [.. Process.GetProcesses().Where(process => process.ProcessName.StartsWith("biodl-torch", StringComparison.Ordinal))];

    private static void WaitFor(Func<bool> what)
    {
        long start = Environment.TickCount64;
        while (!what())
        {
            Assert.True(Environment.TickCount64 - start < Patient.TotalMilliseconds, "it did not come to be");
            Thread.Sleep(20);
        }
    }
}
