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
    private readonly ResultImage? _probability;
    private readonly ResultImage? _distances;
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
            _probability = Map(sources.Job.Probability, 0);
            _distances = Map(sources.Job.Distances, 1);
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
        StarOptions stars = _request.Objects!.In(_sources.Image!.Calibration);
        var maps = new StarImages { Probability = _probability?.View, Distances = _distances?.View };
        _found = _model.Segment(_sources.Views[0], _sources.Options, stars, progress, maps);
        return _found.Account;
    }

    public void Commit(string provenance, CancellationToken cancel)
    {
        SegmentedObjects found = _found!;
        Calibration calibration = _sources.Image!.Calibration;
        PixelType type = LabelFile.Write(_labels, found, calibration, cancel);
        _probability?.Commit(provenance);
        _distances?.Commit(provenance);
        Files =
        [
            new ResultFile("labels", _labels.Path, type, "tzyx", [found.Frames, found.Slices, found.Height, found.Width]),
            .. new[] { _probability, _distances }.OfType<ResultImage>().Select(map => map.About),
        ];
        if (_rois is not null)
            RoiSet.Write(_rois, found, _sources.Image.View.Channels);
        _own?.Add(_sources.Job.Name, found, calibration);
        _own?.Commit();
        _shared?.Add(_sources.Job.Name, found, calibration);
    }

    public void Dispose() => _held.ForEach(one => one.Dispose());

    /// <summary>The image for an output of the network, of whole planes.</summary>
    private ResultImage? Map(string? path, int output)
    {
        if (path is null)
            return null;
        PlannedOutput planned = _model.PlanSegment(_sources.Views[0], _sources.Options with { Region = null }).Outputs[output];
        var file = new SafeFile(path, _request.Overwrite);
        try
        {
            var image = new ResultImage(file, planned, _model.StarOutputs[output], _sources, _request);
            _held.Add(image);
            return image;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private SafeFile Hold(string path)
    {
        var file = new SafeFile(path, _request.Overwrite);
        _held.Add(file);
        return file;
    }
}
