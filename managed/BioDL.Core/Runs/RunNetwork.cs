namespace BioDL.Core.Runs;

/// <summary>What the road needs to know of a network, whichever file it came from.</summary>
public sealed record RunNetwork
{
    /// <summary>A reach along an axis of one size that could not be measured, for it goes beyond that size.</summary>
    public const int ReachBeyond = 1 << 20;

    /// <summary>For the provenance.</summary>
    public required string Name { get; init; }
    public string Id { get; init; } = "";
    public string Version { get; init; } = "";
    public required string Sha256 { get; init; }
    public required string Source { get; init; }

    /// <summary>bioimage.io's name of the weights' format, such as "onnx" or "tensorflow_saved_model_bundle".</summary>
    public required string WeightsFormat { get; init; }

    /// <summary>"segment", "denoise", "stain" or "run"; for the provenance.</summary>
    public string Task { get; init; } = "run";

    /// <summary>
    /// An input of one channel sees several chosen channels one after the other, each a sample. False: it sees one, which of packed RGB is
    /// (r + g + b) / 3.
    /// </summary>
    public bool ChannelByChannel { get; init; } = true;

    /// <summary>Null where nothing is known.</summary>
    public MadeFor? MadeFor { get; init; }

    /// <summary>Of this library and what it stands on, such as ("onnxruntime", "1.29.0").</summary>
    public IReadOnlyList<(string Name, string Version)> Versions { get; init; } = [];

    /// <summary>In the order in which the network takes and gives tensors.</summary>
    public required IReadOnlyList<InputTensor> Inputs { get; init; }
    public required IReadOnlyList<OutputTensor> Outputs { get; init; }

    /// <summary>Nothing says how its input is normalised, so it gets the image's values as they are.</summary>
    public bool ReceivesRawValues { get; init; }

    /// <summary>Input pixels that an output depends on, to each side; null: not known, so the outputs' own halo counts.</summary>
    public Extent? Reach { get; init; }

    /// <summary>Sides of a tile are multiples of these, besides what the inputs ask; 1 where there is nothing to meet.</summary>
    public Extent Divisor { get; init; } = new(1, 1, 1);

    /// <summary>Bytes that a run takes for each pixel (voxel) of a tile, of all tensors together.</summary>
    public required double BytesPerPixel { get; init; }

    /// <summary>Floating-point operations for each pixel (voxel) of a tile; 0: not known.</summary>
    public double FlopsPerPixel { get; init; }

    /// <summary>Operators that mix the whole tile, so that results depend a little on the tiles; empty for a local network.</summary>
    public IReadOnlyList<string> GlobalOperators { get; init; } = [];

    /// <summary>What a user should know of how the model's description was understood; each run warns of it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
