using BioDL.Cli.Journals;
using BioDL.Cli.Output;
using BioDL.Cli.Shell;
using BioDL.Core;
using BioDL.Models.Outputs;

namespace BioDL.Cli.Images;

/// <summary>
/// Runs a model over images: while the network sees one, the next is read and the one before is written. Reports come in the order of the
/// images. An image that fails does not stop the others; a cancel does.
/// </summary>
internal sealed class Batch(CommandContext context, ImageRequest request)
{
    private static readonly Task<OpenedJob?> Nothing = Task.FromResult<OpenedJob?>(null);
    private readonly BatchReport _report = new(context, request.Json);
    private BatchJournal? _journal;

    /// <returns>the exit code</returns>
    internal int Run()
    {
        using var models = new ChosenModels(request);
        JobList list = JobList.Of(request, models.First.Description);
        Job[] jobs = [.. list.Jobs.Where((_, index) => request.Part is not { } part || part.Has(index))];
        if (request.KeepsJournal)
            _journal = new BatchJournal(request, models.First.Description, list.Folder);
        Dictionary<Job, JournalEntry> done = request.Resume ? _journal?.Done(jobs) ?? [] : [];
        Job[] left = [.. jobs.Where(job => !done.ContainsKey(job))];
        if (!request.PlanOnly)
            list.Check(request, left.ToHashSet());
        foreach ((Job job, JournalEntry entry) in done)
            _report.Say(Unchanged(job, entry));
        using ObjectTable? table = list.Table is null || request.PlanOnly ? null
            : new ObjectTable(new SafeFile(list.Table, request.Overwrite));
        RunAll(left, models, table);
        if (_report.Failed < left.Length)
            table?.Commit();
        return _report.End(left.Length);
    }

    private void RunAll(Job[] jobs, ChosenModels models, ObjectTable? table)
    {
        Task<OpenedJob?> next = Nothing;
        Task written = Task.CompletedTask;
        Task<OpenedJob?> Read(int index) => index >= jobs.Length ? Nothing
            : Task.Run(OpenedJob? () => OpenedJob.Open(jobs[index], models.Of(jobs[index]), request));
        try
        {
            next = Read(0);
            for (int i = 0; i < jobs.Length; i++)
            {
                OpenedJob? opened = null;
                Try(jobs[i], () => opened = next.GetAwaiter().GetResult(), before: written);
                next = Read(i + 1);
                if (opened is not null)
                    written = Compute(opened, table, written);
            }
            written.GetAwaiter().GetResult();
        }
        finally
        {
            // What was read ahead of an error that ends all, or is being written, lives until it can be let go.
            Task.WhenAll(next, written).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
            if (next.IsCompletedSuccessfully)
                next.Result?.Dispose();
        }
    }

    /// <summary>Run the network, and leave the rest to a task.</summary>
    /// <returns>what ends when the files are in their places</returns>
    private Task Compute(OpenedJob opened, ObjectTable? table, Task written)
    {
        Job job = opened.Sources.Job;
        if (request.PlanOnly)
        {
            using (opened)
            {
                var plan = new PlanReport(opened.Sources, opened.Plan, request);
                _report.Say(request.Json ? plan.ToJson() : plan.ToText());
            }
            return written;
        }
        FinishedJob? finished = null;
        Try(job, () => finished = FinishedJob.Run(opened, request, table, _report.Follow(job.Inputs[0])), before: written);
        _report.Quiet();
        written.GetAwaiter().GetResult();
        return finished is null ? Task.CompletedTask : Task.Run(() => Try(job, () => Write(finished), before: Task.CompletedTask));
    }

    private void Write(FinishedJob finished)
    {
        using (finished)
        {
            RunReport report = finished.Commit(context.Cancel);
            _journal?.Note(finished.Sources, report.Results.Count);
            _report.Say(request.Json ? report.ToJson() : report.ToText());
        }
    }

    /// <summary>What fails is told when all is told of the image before.</summary>
    private void Try(Job job, Action work, Task before)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is not UsageException && Fault.Of(error).Status != Status.Cancelled)
        {
            before.GetAwaiter().GetResult();
            BioDLException known = Fault.Of(error);
            string message = known.Message.Contains(job.Name, StringComparison.Ordinal) ? known.Message : $"{job.Name}: {known.Message}";
            _report.Fail(job.Name, new BioDLException(known.Status, message, known.Hint, known));
            _journal?.NoteFailure(job, message);
        }
    }

    private string Unchanged(Job job, JournalEntry entry) => !request.Json
        ? $"{job.Name}: done and unchanged -> {string.Join(", ", job.Results)}"
        : JsonText.Of(json =>
        {
            json.WriteString("image", job.Name);
            json.WriteBoolean("unchanged", true);
            json.WriteStrings("paths", job.Results.OfType<string>());
            if (entry.Count is { } count)
                json.WriteNumber("count", count);
            else
                json.WriteNull("count");
        });
}
