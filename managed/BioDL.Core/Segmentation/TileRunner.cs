using System.Diagnostics;
using BioDL.Core.Images;
using BioDL.Core.StarConvex;
using BioDL.Core.Tensors;
using BioDL.Core.Tiles;
using BioDL.Core.Running;

namespace BioDL.Core.Segmentation;

/// <summary>
/// Takes a plane through the network, tile by tile. When the device runs out of memory the plane starts anew with smaller tiles; when it
/// fails, or cannot do with less, on the next device. Each step leaves a warning.
/// </summary>
internal sealed class TileRunner : IDisposable
{
    private readonly StarDistNetwork _model;
    private readonly DeviceRunner _devices;
    private readonly ImageView _image;
    private readonly SegmentSettings _settings;
    private readonly SegmentRun _run;
    private readonly TensorSet _tensors = TensorSet.Rent();
    private readonly CandidateList _found;
    private CandidateThinning? _thinning;

    public TileRunner(StarDistNetwork model, IDeviceChain devices, ImageView image, SegmentSettings settings, SegmentRun run)
    {
        (_model, _image, _settings, _run) = (model, image, settings, run);
        _devices = new DeviceRunner(devices, model.Source, run.Call);
        _found = new CandidateList(model.Geometry.Rays);
        var budget = new TileBudget(settings.Options.MemoryLimit ?? FreeMemory.ForTiles(), settings.Options.Tile);
        Plan = TilePlanner.Plan(image.Height, image.Width, model.Tiles, budget);
        if (Plan.Count > 1 && model.GlobalOperators.Count > 0)
            run.Warn($"This network mixes each whole tile ({string.Join(", ", model.GlobalOperators)}), so results depend a little on the tiles.");
    }

    public TilePlan Plan { get; private set; }

    /// <summary>(1, C, h, w)</summary>
    private Tensor Input => _tensors[0];

    /// <summary>(1, 1, h / grid, w / grid)</summary>
    private Tensor Prob => _tensors[1];

    /// <summary>(1, rays, h / grid, w / grid)</summary>
    private Tensor Dist => _tensors[2];

    public string Device => _devices.Device;

    public string DeviceName => _devices.DeviceName;

    public bool FellBack => _devices.FellBack;

    /// <summary>Candidates found in the plane, also those that were not kept.</summary>
    public long Found { get; private set; }

    /// <summary>Load the network, on the next device when one cannot.</summary>
    public void Prepare()
    {
        _run.BeginTiles(Plan.Count);
        _run.Report(Stage.Prepare);
        long start = Stopwatch.GetTimestamp();
        _devices.Load();
        _run.Times.Prepare += SegmentRun.Since(start);
    }

    /// <summary>Whether thinning left nothing out that would have survived; see <see cref="CandidateThinning"/>.</summary>
    /// <param name="survivors">of the candidates last collected</param>
    public bool Holds(int[] survivors) => _thinning is null || _thinning.Holds(survivors);

    /// <summary>The candidates of the run's current plane: all that may survive.</summary>
    /// <param name="channels">how they are read</param>
    /// <param name="thin">whether a huge number of candidates is thinned out tile by tile</param>
    public CandidateList Collect(ScaledChannel[] channels, bool thin = true) => _devices.Run(() => CollectOnce(channels, thin), Shrink, Prepare);

    public void Dispose() => _tensors.Return();

    private CandidateList CollectOnce(ScaledChannel[] channels, bool thin)
    {
        _run.BeginTiles(Plan.Count);
        (_thinning, Found) = (null, 0);
        var candidates = new CandidateList(_model.Geometry.Rays);
        for (long i = 0; i < Plan.Count; i++)
        {
            if (IsWanted(Plan[i]))
            {
                RunTile(Plan[i], channels);
                Keep(Plan[i], candidates, thin);
            }
            _run.EndTile();
        }
        if (_thinning is not null)
            GiveBackMemory();
        return candidates;
    }

    /// <summary>Before the suppression of a huge plane takes memory of its own: what the network and the tiles took, garbage included.</summary>
    private void GiveBackMemory()
    {
        _devices.Network.Trim();
        _tensors.Free();
        _found.Free();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    /// <summary>Up to a number that fits into memory everywhere all candidates are kept; of the tiles after that only what may survive.</summary>
    private void Keep(Tile tile, CandidateList candidates, bool thin)
    {
        Found += _found.Count;
        if (!thin || candidates.Count + _found.Count <= _settings.Options.ThinAbove)
        {
            candidates.AddRange(_found);
            return;
        }
        long start = Stopwatch.GetTimestamp();
        _thinning ??= new CandidateThinning(_settings.OverlapThreshold, _settings.Options.Vertices);
        _thinning.Add(_found, tile, (_image.Height, _image.Width), candidates, _run.Cancelled(Stage.Suppress));
        _run.Times.Suppress += SegmentRun.Since(start);
    }

    /// <summary>Whether the tile owns a point on the mask; all others need no network. A preview of the visible part lives on this.</summary>
    private unsafe bool IsWanted(Tile tile)
    {
        if (_settings.Options.Mask is not { } mask)
            return true;
        using PlaneLock plane = mask.Lock(0);
        for (int y = tile.OwnTop; y < Math.Min(tile.OwnBottom, mask.Height); y += _model.Geometry.GridY)
            for (int x = tile.OwnLeft; x < Math.Min(tile.OwnRight, mask.Width); x += _model.Geometry.GridX)
                if (*plane.Pixel(y, x) != 0)
                    return true;
        return false;
    }

    private void RunTile(Tile tile, ScaledChannel[] channels)
    {
        long start = Stopwatch.GetTimestamp();
        TileReader.Read(_image, _run.Frame, _run.Slice, tile, channels, Input);
        _run.Times.Read += SegmentRun.Since(start);

        start = Stopwatch.GetTimestamp();
        int rows = tile.Height / _model.Geometry.GridY, columns = tile.Width / _model.Geometry.GridX;
        Prob.Reshape(1, 1, rows, columns);
        Dist.Reshape(1, _model.Geometry.Rays, rows, columns);
        _devices.Network.Run([Input], [Prob, Dist]);
        _run.Times.Network += SegmentRun.Since(start);

        start = Stopwatch.GetTimestamp();
        _found.Clear();
        CandidateFinder.Collect(Prob, Dist, Window(tile), _model.Geometry, _found);
        _run.Times.Candidates += SegmentRun.Since(start);
    }

    private CandidateWindow Window(Tile tile) => new()
    {
        TileTop = tile.Y / _model.Geometry.GridY, TileLeft = tile.X / _model.Geometry.GridX,
        Top = tile.OwnTop / _model.Geometry.GridY, Bottom = tile.OwnBottom / _model.Geometry.GridY,
        Left = tile.OwnLeft / _model.Geometry.GridX, Right = tile.OwnRight / _model.Geometry.GridX,
        GridHeight = Plan.GridHeight, GridWidth = Plan.GridWidth,
        Threshold = _settings.ProbThreshold, Border = _settings.Border, Mask = _settings.Options.Mask,
    };

    private string? Shrink()
    {
        string size = $"{Plan.TileWidth} x {Plan.TileHeight} pixels";
        if (TilePlanner.Smaller(Plan) is not { } smaller)
            return null;
        Plan = smaller;
        return size;
    }
}
