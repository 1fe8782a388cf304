using BioDL.Cli.Output;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Models;
using BioDL.Models.Outputs;

namespace BioDL.Cli.Images;

/// <summary>The objects of an image: a label image, and a table and ROIs where they are asked for.</summary>
internal sealed class ObjectResults : IResults
{
    private readonly Model _model;
    private readonly Sources _sources;
    private readonly ImageRequest _request;
    private readonly ObjectTable? _shared;
    private readonly List<IDisposable> _held = [];
    private readonly SafeFile _labels;
    private readonly SafeFile? _rois;
    private readonly ObjectTable? _own;
    private SegmentedObjects? _found;

    /// <param name="model">a StarDist model</param>
    /// <param name="sources">the image</param>
    /// <param name="request">what was asked for</param>
    /// <param name="shared">the table of all images; null: none</param>
    /// <exception cref="BioDL.Core.BioDLException">A file cannot be written.</exception>
    internal ObjectResults(Model model, Sources sources, ImageRequest request, ObjectTable? shared)
    {
        (_model, _sources, _request, _shared) = (model, sources, request, shared);
        try
        {
            _labels = Hold(sources.Job.Results[0]!);
            _rois = sources.Job.Rois is { } rois ? Hold(rois) : null;
            if (sources.Job.Table is { } table)
                _held.Add(_own = new ObjectTable(Hold(table)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<ResultFile?> Files { get; private set; } = [];

    public long? Count => _found?.Objects.LongLength;

    public Account Run(ProgressHandler progress)
    {
        _found = _model.Segment(_sources.Views[0], _sources.Options, _request.Objects!.Options, progress);
        return _found.Account;
    }

    public void Commit(string provenance, CancellationToken cancel)
    {
        SegmentedObjects found = _found!;
        Calibration calibration = _sources.Image!.Calibration;
        PixelType type = LabelFile.Write(_labels, found, calibration, cancel);
        Files = [new ResultFile("labels", _labels.Path, type, "tzyx", [found.Frames, found.Slices, found.Height, found.Width])];
        if (_rois is not null)
            RoiSet.Write(_rois, found, _sources.Image.View.Channels);
        _own?.Add(_sources.Job.Name, found, calibration);
        _own?.Commit();
        _shared?.Add(_sources.Job.Name, found, calibration);
    }

    public void Dispose() => _held.ForEach(one => one.Dispose());

    private SafeFile Hold(string path)
    {
        var file = new SafeFile(path, _request.Overwrite);
        _held.Add(file);
        return file;
    }
}
