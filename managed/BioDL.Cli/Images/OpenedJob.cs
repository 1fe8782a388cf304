using System.Diagnostics;
using System.Globalization;
using BioDL.Core;
using BioDL.Core.Runs;
using BioDL.Models;

namespace BioDL.Cli.Images;

/// <summary>A job whose images are open and read ahead, and the plan of its run.</summary>
internal sealed class OpenedJob : IDisposable
{
    private OpenedJob(Model model, Sources sources, RunPlan plan) => (Model, Sources, Plan) = (model, sources, plan);

    internal Model Model { get; }

    internal Sources Sources { get; }

    internal RunPlan Plan { get; }

    /// <summary>That opening took.</summary>
    internal TimeSpan Took { get; private init; }

    /// <exception cref="BioDLException">As when sources are opened; or the run takes more memory than it may.</exception>
    internal static OpenedJob Open(Job job, Model model, ImageRequest request)
    {
        long start = Stopwatch.GetTimestamp();
        Sources sources = Sources.Open(job, model.Description, request);
        try
        {
            RunPlan plan = request.Objects is null ? model.Plan(sources.Views, sources.Options)
                : model.PlanSegment(sources.Views[0], sources.Options);
            RequireMemory(plan, request);
            if (!request.PlanOnly)
                sources.ReadAhead();
            return new OpenedJob(model, sources, plan) { Took = Stopwatch.GetElapsedTime(start) };
        }
        catch
        {
            sources.Dispose();
            throw;
        }
    }

    public void Dispose() => Sources.Dispose();

    // The plan takes the smallest tiles there are when none is within the limit; a host that shares its memory wants to be told instead.
    private static void RequireMemory(RunPlan plan, ImageRequest request)
    {
        if (request.Options.MemoryLimit is not { } limit || plan.MemoryBytes <= limit)
            return;
        long needed = (plan.MemoryBytes >> 20) + 1;
        throw new BioDLException(Status.OutOfMemory,
            string.Create(CultureInfo.InvariantCulture, $"--memory {limit >> 20}: the run takes {needed} MiB ({plan.Why})"),
            request.Options.Tile is null ? $"Allow --memory {needed}." : $"Allow --memory {needed}, or leave out --tile.");
    }
}
