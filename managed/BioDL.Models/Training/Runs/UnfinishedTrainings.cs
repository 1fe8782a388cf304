using BioDL.Core;
using BioDL.Core.Training;
using BioDL.Models.Cache;

namespace BioDL.Models.Training.Runs;

/// <summary>Trainings that were broken off.</summary>
internal static class UnfinishedTrainings
{
    /// <summary>The latest first; what cannot be read is left out.</summary>
    public static IReadOnlyList<UnfinishedTraining> All(CacheFolder cache)
    {
        var found = new List<UnfinishedTraining>();
        foreach (TrainingStore store in TrainingStore.Free(cache))
        {
            using (store)
            {
                if (Read(store) is { } one)
                    found.Add(one);
            }
        }
        return [.. found.OrderByDescending(one => one.Last)];
    }

    public static bool Discard(CacheFolder cache, string id)
    {
        if (!Directory.Exists(cache.Training))
            return false;
        foreach (TrainingStore store in TrainingStore.Free(cache))
        {
            using (store)
            {
                if (store.Id != id)
                    continue;
                store.Delete();
                return true;
            }
        }
        return false;
    }

    private static UnfinishedTraining? Read(TrainingStore store)
    {
        try
        {
            TrainingJob job = store.Job();
            int step = TrainingCurve.Read(store.PathOf(TrainingFiles.Curve), 0) is [.., { } last] ? last.Step : 0;
            string checkpoint = store.PathOf(TrainingFiles.Checkpoint);
            var changed = new DateTimeOffset(File.GetLastWriteTimeUtc(File.Exists(checkpoint) ? checkpoint
                : store.PathOf(TrainingJob.FileName)));
            return new UnfinishedTraining(store.Id, store.About().Name, job.Method.Id(), step, job.Schedule.Steps, changed);
        }
        catch (BioDLException)
        {
            return null;
        }
    }
}
