using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Models;
using BioDL.Models.Outputs;

namespace BioDL.Cli.Images;

/// <summary>The images or arrays that a network makes, one a file.</summary>
internal sealed class PixelResults : IResults
{
    private readonly Model _model;
    private readonly Sources _sources;
    private readonly List<IResultFile?> _results = [];

    /// <exception cref="BioDL.Core.BioDLException">A file cannot be written, or not merged with the image.</exception>
    internal PixelResults(Model model, Sources sources, RunPlan plan, ImageRequest request)
    {
        (_model, _sources) = (model, sources);
        try
        {
            for (int i = 0; i < plan.Outputs.Count; i++)
            {
                string? path = sources.Job.Results[i];
                _results.Add(path is null ? null : Result(path, plan.Outputs[i], model.Description.Outputs[i], request));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<ResultFile?> Files { get; private set; } = [];

    public long? Count => null;

    public Account Run(ProgressHandler progress)
    {
        RunResult run = _model.Run(_sources.Views, _sources.Options, progress, [.. _results.Select(result => result?.View)]);
        Files =
        [
            .. _results.Select((result, i) => result is null ? null
                : result.About with { Clipped = run.Clipped[i], NotFinite = run.NotFinite[i] }),
        ];
        return run.Account;
    }

    public void Commit(string provenance, CancellationToken cancel) => _results.ForEach(result => result?.Commit(provenance));

    public void Dispose() => _results.ForEach(result => result?.Dispose());

    private IResultFile Result(string path, PlannedOutput output, OutputTensor tensor, ImageRequest request)
    {
        var file = new SafeFile(path, request.Overwrite);
        try
        {
            return NpyFile.IsOne(path) ? new NpyFile(file, output, tensor, ResultType.Of(output, _sources.Views[0].Type, request))
                : new ResultImage(file, output, tensor, _sources, request);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
