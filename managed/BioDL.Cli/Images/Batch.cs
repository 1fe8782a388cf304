using System.Diagnostics;
using System.Globalization;
using System.Text;
using BioDL.Cli.Output;
using BioDL.Cli.Shell;
using BioDL.Core;
using BioDL.Core.Runs;
using BioDL.Models;
using BioDL.Models.Outputs;

namespace BioDL.Cli.Images;

/// <summary>Runs a model over images, one after the other. An image that fails does not stop the others; a cancel does.</summary>
internal sealed class Batch(CommandContext context, ImageRequest request)
{
    private readonly List<string> _failed = [];

    /// <returns>the exit code</returns>
    internal int Run()
    {
        using var models = new ChosenModels(request);
        JobList list = JobList.Of(request, models.First.Description);
        using ObjectTable? table = list.Table is null || request.PlanOnly ? null
            : new ObjectTable(new SafeFile(list.Table, request.Overwrite));
        foreach (Job job in list.Jobs)
        {
            var progress = new ProgressLine(context, job.Inputs[0]);
            try
            {
                string report = Run(models.Of(job), job, table, progress);
                progress.Clear();
                context.Output.WriteLine(report);
            }
            catch (Exception error) when (error is not UsageException && Fault.Of(error).Status != Status.Cancelled)
            {
                progress.Clear();
                Fail(job.Name, Fault.Of(error));
            }
            finally
            {
                progress.Clear();
            }
        }
        if (_failed.Count < list.Jobs.Count)
            table?.Commit();
        return End(list.Jobs.Count);
    }

    /// <summary>The whole way of one job.</summary>
    private string Run(Model model, Job job, ObjectTable? table, ProgressLine progress)
    {
        long start = Stopwatch.GetTimestamp();
        using Sources sources = Sources.Open(job, model.Description, request);
        RunPlan plan = request.Objects is null ? model.Plan(sources.Views, sources.Options)
            : model.PlanSegment(sources.Views[0], sources.Options);
        RequireMemory(plan);
        if (request.PlanOnly)
        {
            var planned = new PlanReport(sources, plan, request);
            return request.Json ? planned.ToJson() : planned.ToText();
        }
        using IResults results = request.Objects is null ? new PixelResults(model, sources, plan, request)
            : new ObjectResults(model, sources, request, table);
        Account account = results.Run(progress.Report);
        long computed = Stopwatch.GetTimestamp();
        string provenance = sources.AddTo(account.Provenance);
        results.Commit(provenance, context.Cancel);
        if (request.Provenance)
            WriteProvenance(job, provenance);
        var report = new RunReport(sources, results, account, provenance)
        {
            Table = table is null ? job.Table : request.Objects!.Table,
            Files = Stopwatch.GetElapsedTime(computed).TotalMilliseconds, Total = Stopwatch.GetElapsedTime(start).TotalMilliseconds,
        };
        return request.Json ? report.ToJson() : report.ToText();
    }

    // The plan takes the smallest tiles there are when none is within the limit; a host that shares its memory wants to be told instead.
    private void RequireMemory(RunPlan plan)
    {
        if (request.Options.MemoryLimit is not { } limit || plan.MemoryBytes <= limit)
            return;
        long needed = (plan.MemoryBytes >> 20) + 1;
        throw new BioDLException(Status.OutOfMemory,
            string.Create(CultureInfo.InvariantCulture, $"--memory {limit >> 20}: the run takes {needed} MiB ({plan.Why})"),
            request.Options.Tile is null ? $"Allow --memory {needed}." : $"Allow --memory {needed}, or leave out --tile.");
    }

    private void WriteProvenance(Job job, string provenance)
    {
        foreach (string result in job.Results.OfType<string>())
        {
            using var file = new SafeFile(Job.ProvenanceOf(result), request.Overwrite);
            file.Write(stream => stream.Write(Encoding.UTF8.GetBytes(provenance + "\n")));
        }
    }

    private void Fail(string name, BioDLException error)
    {
        string message = error.Message.Contains(name, StringComparison.Ordinal) ? error.Message : $"{name}: {error.Message}";
        _failed.Add(message);
        context.Complain(new BioDLException(error.Status, message, error.Hint, error));
        if (!request.Json)
            return;
        context.Output.WriteLine(JsonText.Of(json =>
        {
            json.WriteString("image", name);
            json.WriteString("error", message);
            json.WriteString("hint", error.Hint);
        }));
    }

    /// <summary>What failed in a long series is said once more where one looks for it.</summary>
    private int End(int jobs)
    {
        if (_failed.Count > 0 && jobs > 1)
        {
            context.Error.WriteLine($"biodl: {_failed.Count} of {jobs} images failed:");
            _failed.ForEach(failure => context.Error.WriteLine($"       {failure}"));
        }
        return _failed.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }
}
