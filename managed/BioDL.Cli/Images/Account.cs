using BioDL.Core;
using BioDL.Core.Prediction;
using BioDL.Core.Segmentation;

namespace BioDL.Cli.Images;

/// <summary>How a run went, until both of Core's results say it in the same words.</summary>
internal sealed record Account
{
    internal required IReadOnlyList<(string Name, double Milliseconds)> Stages { get; init; }
    internal required long Tiles { get; init; }
    internal required Extent Tile { get; init; }
    internal required string Device { get; init; }
    internal required string DeviceName { get; init; }
    internal required bool FellBack { get; init; }
    internal required IReadOnlyList<string> Warnings { get; init; }
    internal required string Provenance { get; init; }
    internal IReadOnlyList<long> Clipped { get; init; } = [];
    internal IReadOnlyList<long> NotFinite { get; init; } = [];

    internal static Account Of(SegmentResult result) => new()
    {
        Stages =
        [
            ("prepare", result.Times.Prepare), ("statistics", result.Times.Normalize), ("read", result.Times.Read), ("network", result.Times.Network),
            ("candidates", result.Times.Candidates), ("suppress", result.Times.Suppress),
        ],
        Tiles = result.Tiles, Tile = new Extent(1, result.TileHeight, result.TileWidth), Device = result.Device, DeviceName = result.DeviceName,
        FellBack = result.FellBack, Warnings = result.Warnings, Provenance = result.Provenance,
    };

    internal static Account Of(PredictionResult result) => new()
    {
        Stages =
        [
            ("prepare", result.Times.Prepare), ("statistics", result.Times.Statistics), ("read", result.Times.Read), ("network", result.Times.Network),
            ("write", result.Times.Write),
        ],
        Tiles = result.Tiles, Tile = result.Tile, Device = result.Device, DeviceName = result.DeviceName,
        FellBack = result.FellBack, Warnings = result.Warnings, Provenance = result.Provenance, Clipped = result.Clipped, NotFinite = result.NotFinite,
    };
}
