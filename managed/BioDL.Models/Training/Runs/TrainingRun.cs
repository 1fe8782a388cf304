using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Core.Training;
using BioDL.Models.Cache;
using BioDL.Models.Training.Finishing;
using BioDL.Models.Training.Preparing;
using BioDL.Torch.Training;

namespace BioDL.Models.Training.Runs;

/// <summary>
/// A training as a job: created from images, started, watched, and at its end a model in the catalogue.
/// <code>
/// TrainingPlan plan = TrainingRun.Plan(request);          // at once; time and memory for a dialog
/// using var run = TrainingRun.Create(request, progress);  // reads all pixels into the training's folder: some seconds, cancellable
/// run.Start();                                            // at once
/// while (!run.Poll().IsOver()) ...                        // as often as a host likes; Picture() and Curve() for its window
/// TrainingResult result = run.Result();                   // or the error that ended it
/// </code>
/// All members but <see cref="Create"/>, <see cref="Wait"/> and <see cref="Snapshot"/> return within milliseconds; all may be called from
/// any thread. The host's pixels are read by <see cref="Create"/> only, band by band under short locks, on the thread that calls it; then
/// the
/// images may be closed. The training itself is another process, which ends with this one; its checkpoint stays, and <see cref="Resume"/>
/// goes on from it. One training runs at a time on a machine; further ones wait (<see cref="TrainingState.Queued"/>). While this library
/// runs
/// a model, the trainings of this process yield (<see cref="TrainingState.Yielding"/>).
/// </summary>
public sealed class TrainingRun : IDisposable
{
    private static readonly TimeSpan SnapshotTime = TimeSpan.FromMinutes(2);

    private readonly TrainingSession _session;

    private TrainingRun(TrainingStore store)
    {
        TrainingAbout about = store.About();
        (Id, Job, Name, Notes) = (store.Id, store.Job(), about.Name, about.Notes);
        _session = new TrainingSession(store);
    }

    /// <summary>The name in the cache, for <see cref="Resume"/>.</summary>
    public string Id { get; }

    /// <summary>Of the model to be.</summary>
    public string Name { get; }

    public TrainingJob Job { get; }

    /// <summary>
    /// What the images told that somebody may want to know before it begins, one sentence each: how they were split, what was left out,
    /// masks that were given as labels.
    /// </summary>
    public IReadOnlyList<string> Notes { get; }

    private static CacheFolder Cache => new(CacheFolder.OfUser());

    /// <summary>What the training would be. Touches no pixel.</summary>
    /// <exception cref="BioDLException">
    /// <see cref="Status.InvalidArgument"/>: the images do not go together or are too few or too small, an option is out of range;
    /// <see cref="Status.OutOfMemory"/>: not even one patch a step fits; as <see cref="Model.Open"/> for the start.
    /// </exception>
    public static TrainingPlan Plan(TrainingRequest request) => TrainingDraft.Of(request).Plan();

    /// <summary>What a method does to patches when nothing is said.</summary>
    public static AugmentationOptions UsualAugmentation(TrainingRequest request) => MethodDefaults.Of(request, 1, 1).Augmentation;

    /// <summary>What a method trains when nothing is said.</summary>
    /// <param name="request">with at least one image</param>
    public static UNet UsualNetwork(TrainingRequest request) => MethodDefaults.Of(request, RequestCheck.Channels(request.Images[0]),
        RequestCheck.TargetChannels(request.Images[0])).Network;

    /// <summary>Read the images, take their statistics, and lay the training down in the cache.</summary>
    /// <param name="request">what is asked</param>
    /// <param name="progress">asked between bands, on the calling thread</param>
    /// <exception cref="BioDLException">
    /// As <see cref="Plan"/>, and: images without contrast or without a finite value, label images without labels
    /// (<see cref="Status.InvalidArgument"/>); <see cref="Status.NotFound"/>: libtorch or the worker is not installed;
    /// <see cref="Status.Io"/>: the disk is full; <see cref="Status.Host"/>; <see cref="Status.Cancelled"/>.
    /// </exception>
    public static TrainingRun Create(TrainingRequest request, ProgressHandler? progress = null)
    {
        TrainingDraft draft = TrainingDraft.Of(request);
        TrainingWorker.Require();
        if (request.Folder.Length > 0)
            CheckFolder(request.Folder);
        TrainingStore store = TrainingStore.Create(Cache, request.Method);
        try
        {
            TrainingPreparation.Run(draft, store, progress);
            return new TrainingRun(store);
        }
        catch
        {
            store.Delete();
            store.Dispose();
            throw;
        }
    }

    /// <summary>Said now, and not when the training is over.</summary>
    private static void CheckFolder(string folder)
    {
        if (Path.Exists(folder))
            throw new BioDLException(Status.InvalidArgument, $"{folder} is there already.", "Name another folder, or remove it.");
        string parent = Path.GetDirectoryName(Path.GetFullPath(folder)) ?? folder;
        try
        {
            Directory.CreateDirectory(parent);
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            throw new BioDLException(Status.Io, $"{folder} cannot be written: {error.Message}", "Name a folder where you may write.",
                error);
        }
    }

    /// <summary>A training that was broken off, to go on from its last checkpoint on the same curve.</summary>
    /// <exception cref="BioDLException">
    /// <see cref="Status.NotFound"/>: no such training, or libtorch; <see cref="Status.InvalidArgument"/>: another process runs it.
    /// </exception>
    public static TrainingRun Resume(string id)
    {
        TrainingWorker.Require();
        var store = TrainingStore.Open(Cache, id);
        try
        {
            return new TrainingRun(store);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Trainings of this user that were broken off and that nobody runs, the latest first.</summary>
    public static IReadOnlyList<UnfinishedTraining> Unfinished() => UnfinishedTrainings.All(Cache);

    /// <summary>Delete what is left of a training that nobody runs.</summary>
    /// <returns>false: there is none</returns>
    public static bool Discard(string id) => UnfinishedTrainings.Discard(Cache, id);

    /// <summary>Begin, or queue. Once.</summary>
    public void Start() => _session.Start();

    /// <summary>How far it is.</summary>
    public TrainingProgress Poll() => _session.Poll();

    /// <summary>The validations so far, oldest first.</summary>
    /// <param name="first">leaves out so many: those that a host has already</param>
    public IReadOnlyList<TrainingProgress> Curve(int first = 0) => TrainingCurve.Read(_session.Store.PathOf(TrainingFiles.Curve), first);

    /// <summary>The last validation picture; null before the first.</summary>
    public TrainingPicture? Picture() => TrainingPictures.Read(_session.Store);

    /// <summary>
    /// Write the best model so far to a folder, as a package called after the model to be and the step, while the training goes on: takes
    /// some seconds.
    /// </summary>
    /// <param name="folder">that is not there yet</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: there is no state to keep now, or the folder is
    /// there.</exception>
    public void Snapshot(string folder)
    {
        if (Path.Exists(folder))
            throw new BioDLException(Status.InvalidArgument, $"{folder} is there already.", "Name another folder, or remove it.");
        _session.Snapshot(SnapshotTime);
        TrainingFinish.WritePackage(_session.Store, folder, $"{Name} at step {Poll().Step}");
    }

    /// <summary>
    /// End the training with the best state that it has had; the model is made of it. One that waits for its turn has had none: it is
    /// cancelled, and is among <see cref="Unfinished"/>.
    /// </summary>
    public void Stop() => _session.Stop();

    /// <summary>End the training and delete it. Nothing is left of it.</summary>
    public void Cancel() => _session.End(deletes: true);

    /// <summary>Wait until it is over.</summary>
    /// <returns>false when the time is over first</returns>
    public bool Wait(TimeSpan timeout) => _session.Wait(timeout);

    /// <summary>What it has made.</summary>
    /// <exception cref="BioDLException">
    /// The error that ended it; <see cref="Status.Cancelled"/>; <see cref="Status.InvalidArgument"/>: it is not over.
    /// </exception>
    public TrainingResult Result() => _session.Result ?? throw _session.Error
        ?? new BioDLException(Status.InvalidArgument, "the training is not over", "Wait until it is.");

    /// <summary>A training that is not over is broken off: its checkpoint stays and it is among <see cref="Unfinished"/>.</summary>
    public void Dispose() => _session.Dispose();
}
