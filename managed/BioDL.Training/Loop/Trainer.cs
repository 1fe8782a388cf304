using System.Diagnostics;
using BioDL.Core;
using BioDL.Core.Training;
using BioDL.Graphs.UNets.Reading;
using BioDL.Training.Methods;
using BioDL.Training.Optimization;
using BioDL.Training.Patches;

namespace BioDL.Training.Loop;

/// <summary>
/// A training from its folder to its weights: steps, and every so often a validation with its line in the curve, a picture and a
/// checkpoint. Where the folder has a checkpoint, it goes on from there on the curve that it would have had without the break: each step's
/// randomness comes from the seed and the step's number, and all that changes is in the checkpoint.
/// </summary>
internal sealed class Trainer : IDisposable
{
    /// <summary>So often it may go back to the last good state.</summary>
    private const int MostReturns = 5;

    private readonly TrainingFolder _folder;
    private readonly TrainingControl _control;
    private readonly TrainingJob _job;
    private readonly Reporter _reporter;
    private readonly PatchSource _source;
    private readonly Augmenter _augmenter;
    private readonly Learner _learner;
    private readonly Validation _validation;
    private BatchQueue? _batches;
    private double _rate;

    /// <param name="folder">with the job and its arrays</param>
    /// <param name="control">what is asked meanwhile</param>
    /// <param name="say">hears how far it is</param>
    /// <exception cref="InvalidDataException">A file does not fit.</exception>
    public Trainer(TrainingFolder folder, TrainingControl control, Action<TrainingProgress> say)
    {
        (_folder, _control) = (folder, control);
        _job = folder.ReadJob();
        _reporter = new Reporter(_job, say);
        _source = new PatchSource(folder.Path, _job);
        _augmenter = new Augmenter(_job);
        UNetStart start = folder.Start(_job);
        if (_job.StartWeights is not null)
            _reporter.Note($"{100.0 * start.Taken / start.All:F0} % of the weights begin as those of the start.");
        _learner = new Learner(_job, start.Weights, folder.Path);
        _validation = new Validation(_learner, _source, _job);
        if (File.Exists(folder.Checkpoint))
            _learner.Restore(folder.Checkpoint);
        else
            _learner.Save(folder.Checkpoint);
        folder.CutCurve(Standing.CurveBytes);
    }

    private Checkpoints.Standing Standing => _learner.Standing;

    private bool IsOver => RateSchedule.Done(_job.Schedule, Standing.Step, Standing.Seconds) >= 1
        || (_job.Schedule.Patience > 0 && Standing.SinceBest >= _job.Schedule.Patience);

    /// <summary>Train to the end, or until it is stopped, and write the best network.</summary>
    /// <exception cref="BioDLException">
    /// <see cref="Status.OutOfMemory"/>: not even one patch a step fits; <see cref="Status.InvalidArgument"/>: the loss does not stay
    /// finite.
    /// </exception>
    public void Run()
    {
        _reporter.Say(TrainingState.Training, Standing.Step, Standing.Seconds);
        while (!IsOver && !_control.Stops)
        {
            Listen();
            if (_control.Stops)
                break;
            Timed(() => WithLessMemory(Step));
            if (IsOver || Standing.Step % _job.Schedule.ValidateEvery == 0)
                Validate();
            else
                _reporter.Tick(Standing.Step, Standing.Seconds, _rate);
        }
        EndBatches();
        if (!File.Exists(_folder.Best))
            Validate();
        _reporter.Say(TrainingState.Finishing, Standing.Step, Standing.Seconds);
        WriteBest();
        _reporter.Say(TrainingState.Done, Standing.Step, Standing.Seconds);
    }

    public void Dispose()
    {
        EndBatches();
        _learner.Dispose();
        _source.Dispose();
    }

    /// <summary>What is asked from outside, between two steps.</summary>
    private void Listen()
    {
        if (_control.TakeLess())
        {
            TakeFewer("the process that trained before was ended for it");
            _learner.Save(_folder.Checkpoint);
        }
        if (_control.TakeSnapshot())
        {
            if (!File.Exists(_folder.Best))
                Validate();
            WriteBest();
            _reporter.AddSnapshot();
            _reporter.Say(TrainingState.Training, Standing.Step, Standing.Seconds, _rate);
        }
        if (!_control.IsPaused)
            return;
        _reporter.Say(TrainingState.Yielding, Standing.Step, Standing.Seconds, _rate);
        _control.WaitToGo();
        _reporter.Say(TrainingState.Training, Standing.Step, Standing.Seconds, _rate);
    }

    private void Step()
    {
        _batches ??= new BatchQueue(Make, Standing.Step + 1);
        _rate = RateSchedule.Rate(_job.Schedule, Standing.Step + 1, Standing.Seconds) / (1 << Standing.Returns);
        long begin = Stopwatch.GetTimestamp();
        using Batch batch = _batches.Take();
        if (_learner.Step(batch, _rate) is { } values)
            _reporter.AddStep(values, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        else
            Return();
    }

    /// <summary>On the thread that prepares: it looks at nothing that a step changes, but for what makes it begin anew.</summary>
    private Batch Make(int step)
    {
        var random = new PatchRandom(_job.Seed, step + ((long)Standing.Returns << 32));
        IReadOnlyList<Patch> patches = _source.Draw(Standing.Batch, random, _augmenter.Margin);
        _augmenter.Apply(patches, random);
        return _learner.Method.Make(patches, random, training: true);
    }

    private void Validate()
    {
        Timed(() => WithLessMemory(() => _learner.AtRest(ValidateAtRest)));
        _learner.Save(_folder.Checkpoint);
    }

    private void ValidateAtRest()
    {
        long begin = Stopwatch.GetTimestamp();
        Dictionary<string, double> found = _validation.IsPossible ? _validation.Run(Standing.Batch) : [];
        var (header, planes) = _validation.Picture(Standing.Step);
        // Without a validation set the latest is the best that is known.
        bool isBest = !_validation.IsPossible || (found.TryGetValue("loss", out double loss) && loss < (Standing.Best ?? double.MaxValue));
        Standing.SinceBest = isBest ? 0 : Standing.SinceBest + 1;
        if (isBest)
        {
            Standing.Best = found.TryGetValue("loss", out double best) ? best : null;
            _learner.SaveNetwork(_folder.Best);
        }
        _folder.WritePicture(header, planes);
        _reporter.AddSeconds(Stopwatch.GetElapsedTime(begin).TotalSeconds);
        Standing.CurveBytes = _folder.AddToCurve(_reporter.Validated(found, Standing.Step, Standing.Seconds, _rate));
    }

    /// <summary>A number was not finite: back to the last checkpoint, with half the rate and other patches.</summary>
    private void Return()
    {
        int returns = Standing.Returns + 1, step = Standing.Step + 1;
        if (returns > MostReturns)
        {
            throw new BioDLException(Status.InvalidArgument, $"The loss did not stay finite, {returns} times, last in step {step}.",
                "Look for pixels that are not a number or far from all others, or ask for a lower rate of learning.");
        }
        EndBatches();
        _learner.Restore(_folder.Checkpoint);
        Standing.Returns = returns;
        _reporter.Note($"The loss was not finite in step {step}: it goes on from step {Standing.Step} with half the rate.");
    }

    /// <summary>Where memory does not suffice, a step has half as many patches from now on.</summary>
    private void WithLessMemory(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (ErrorText.IsMemory(error))
        {
            EndBatches();
            _learner.Forget();
            GC.Collect();
            TakeFewer(ErrorText.Reason(error.Message));
            WithLessMemory(action);
        }
    }

    private void TakeFewer(string reason)
    {
        if (Standing.Batch == 1)
        {
            throw new BioDLException(Status.OutOfMemory, "There is not enough memory to train on one patch of "
                + $"{string.Join(" x ", _job.Patches.Size)} pixels: {reason}.",
                "Ask for smaller patches or a smaller network, or close other programs.");
        }
        EndBatches();
        Standing.Batch /= 2;
        _reporter.Note($"Memory is short: a step has {Standing.Batch} patches from step {Standing.Step + 1} on.");
    }

    private void Timed(Action action)
    {
        long begin = Stopwatch.GetTimestamp();
        double before = Standing.Seconds;
        action();
        // A return to a checkpoint takes its seconds too, so that a limit of time is kept.
        Standing.Seconds = Math.Max(before, Standing.Seconds) + Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private void WriteBest() => _folder.WriteWeights(_job.Network, Checkpoints.TensorFile.Read(_folder.Best).Values);

    private void EndBatches()
    {
        _batches?.Dispose();
        _batches = null;
    }
}
