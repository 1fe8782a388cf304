using System.Diagnostics;
using System.Text;
using BioDL.Cli.Output;
using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Models.Outputs;

namespace BioDL.Cli.Images;

/// <summary>A job whose network has run; its files are not in their places yet.</summary>
internal sealed class FinishedJob : IDisposable
{
    private readonly OpenedJob _opened;
    private readonly ImageRequest _request;
    private readonly string? _table;
    private readonly IResults _results;
    private readonly Account _account;
    private readonly TimeSpan _took;

    private FinishedJob(OpenedJob opened, ImageRequest request, string? table, IResults results, ProgressHandler progress)
    {
        long start = Stopwatch.GetTimestamp();
        (_opened, _request, _table, _results) = (opened, request, table, results);
        _account = results.Run(progress);
        _took = Stopwatch.GetElapsedTime(start);
    }

    internal Sources Sources => _opened.Sources;

    /// <param name="opened">belongs to what is returned, and is gone after a failure</param>
    /// <param name="request">what was asked for</param>
    /// <param name="table">of the objects of all images; null: none</param>
    /// <param name="progress">of the run</param>
    /// <exception cref="BioDLException">What a run can end with.</exception>
    internal static FinishedJob Run(OpenedJob opened, ImageRequest request, ObjectTable? table, ProgressHandler progress)
    {
        IResults? results = null;
        try
        {
            results = request.Objects is null ? new PixelResults(opened.Model, opened.Sources, opened.Plan, request)
                : new ObjectResults(opened.Model, opened.Sources, request, table);
            string? told = table is null ? opened.Sources.Job.Table : request.Objects!.Table;
            return new FinishedJob(opened, request, told, results, progress);
        }
        catch
        {
            results?.Dispose();
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Bring all files to their places.</summary>
    /// <param name="cancel">asked while a large file is written</param>
    /// <exception cref="BioDLException"><see cref="Status.Io"/></exception>
    internal RunReport Commit(CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        string provenance = Sources.AddTo(_account.Provenance);
        _results.Commit(provenance, cancel);
        foreach (string result in Sources.Job.Results.OfType<string>().Where(_ => _request.Provenance))
        {
            using var file = new SafeFile(Job.ProvenanceOf(result), _request.Overwrite);
            file.Write(stream => stream.Write(Encoding.UTF8.GetBytes(provenance + "\n")));
        }
        TimeSpan files = Stopwatch.GetElapsedTime(start);
        return new RunReport(Sources, _results, _account, provenance)
        {
            Table = _table, Files = files.TotalMilliseconds, Total = (_opened.Took + _took + files).TotalMilliseconds,
        };
    }

    public void Dispose()
    {
        _results.Dispose();
        _opened.Dispose();
    }
}
