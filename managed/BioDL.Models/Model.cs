using System.Security.Cryptography;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Running;
using BioDL.Core.Segmentation;
using BioDL.Core.StarConvex;
using BioDL.Core.Tiles;
using BioDL.Models.Files;
using BioDL.Models.Readers;
using BioDL.Onnx;
using BioDL.Onnx.Graph;

namespace BioDL.Models;

/// <summary>
/// An open StarDist model. Safe for concurrent use; disposing it while a run goes on lets that run finish. Its network is loaded on a device
/// at the first run there and then shared.
/// </summary>
public sealed class Model : IDisposable
{
    /// <summary>ONNX's own limit for a file.</summary>
    private const long WeightsLimit = int.MaxValue - 64;

    /// <summary>
    /// What ONNX Runtime takes over the sum of live tensors, for other layouts and room that its arena cannot use. Measured as peak memory over
    /// tiles of 512 to 1024 pixels: 1.4 for the built-in network, 1.8 to 2.2 where normalisations keep it from fusing operators.
    /// </summary>
    private const double FusedOverhead = 1.4, UnfusedOverhead = 2.2;

    private readonly SharedNetworks _networks;
    private readonly StarDistNetwork _network;

    private Model(ModelDescription description, StarDistNetwork network, SharedNetworks networks) =>
        (Description, _network, _networks) = (description, network, networks);

    public ModelDescription Description { get; }

    /// <summary>Open a model.</summary>
    /// <param name="path">
    /// a folder with bioimageio.yaml and weights.onnx, or with StarDist's config.json and thresholds.json and weights.onnx; any of those files;
    /// a bare .onnx file; "builtin:NAME"; null or "" for the built-in nucleus model
    /// </param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.NotFound"/>, <see cref="Status.Io"/>, <see cref="Status.ModelInvalid"/>, <see cref="Status.ModelUnsupported"/>
    /// </exception>
    public static Model Open(string? path)
    {
        ModelLocation location = ModelLocation.Of(path);
        ModelDraft draft = ModelReaders.All.Select(reader => reader.Read(location)).FirstOrDefault(found => found is not null) ?? throw Nothing(location);
        byte[] onnx = location.Files.Read(draft.Weights, WeightsLimit);
        string hash = Hash(onnx), name = $"{draft.Weights} of {location.Files.Source}";
        if (draft.Sha256 is { Length: > 0 } expected && expected != hash)
        {
            throw new BioDLException(Status.ModelInvalid, $"{name} has the SHA-256 {hash}, but its description says {expected}.",
                "The file was changed or is damaged: download the model again.");
        }
        OnnxGraph graph = OnnxReader.Read(onnx, name);
        string? external = ExternalData.Check(graph, location.Files);
        var (description, cost) = ModelCheck.Complete(draft, graph, location.Files.Source);
        description = description with { Sha256 = hash };
        StarDistDescription star = description.StarDist!;
        StarDistNetwork network = Network(description, star, cost);
        var file = new NetworkFile([star.InputName], [star.ProbName, star.DistName],
            [1, star.Channels, network.Tiles.MinY, network.Tiles.MinX], SmallestOutputs(network), cost.GlobalOperators.Count == 0, external);
        return new Model(description, network, new SharedNetworks(file, () => Again(location.Files, draft.Weights, hash)));
    }

    /// <summary>Segment an image; see <see cref="Segmenter.Run"/>.</summary>
    /// <exception cref="BioDLException">
    /// As <see cref="Segmenter.Run"/>, and <see cref="Status.InvalidHandle"/> when the model is closed, <see cref="Status.DeviceUnavailable"/>
    /// for a device that does not exist.
    /// </exception>
    public SegmentResult Segment(ImageView image, SegmentOptions options, ProgressHandler? progress = null, ImageView? labels = null)
    {
        using SharedNetworks.Use use = _networks.Enter();
        var devices = new DeviceChain(Devices.Choose(options.Device), options.Device, use);
        return Segmenter.Run(_network, devices, image, options, progress, labels);
    }

    /// <summary>No further runs; those that go on finish.</summary>
    public void Dispose() => _networks.Dispose();

    private static StarDistNetwork Network(ModelDescription description, StarDistDescription model, GraphCost cost) => new()
    {
        Name = description.Name, Sha256 = description.Sha256, Source = description.Source, Versions = EngineVersion.All,
        Geometry = new StarGeometry(model.Rays, model.GridY, model.GridX).Checked(),
        Channels = model.Channels, JointChannels = model.JointChannels,
        Percentiles = new PercentilePair(model.PercentileLow, model.PercentileHigh), Epsilon = model.Epsilon,
        ProbThreshold = model.ProbThreshold, OverlapThreshold = model.OverlapThreshold, Border = model.Border,
        GlobalOperators = cost.GlobalOperators,
        Tiles = new TileRules
        {
            // Sizes are min + n * step, and each must be a multiple of the step for the network's levels to fit together.
            MinY = RoundUp(Math.Max(model.MinY, 1), model.DivisorY), MinX = RoundUp(Math.Max(model.MinX, 1), model.DivisorX),
            StepY = model.DivisorY, StepX = model.DivisorX, HaloY = model.Halo, HaloX = model.Halo, GridY = model.GridY, GridX = model.GridX,
            BytesPerPixel = cost.BytesPerPixel * (cost.GlobalOperators.Count > 0 ? UnfusedOverhead : FusedOverhead),
        },
    };

    private static long[][] SmallestOutputs(StarDistNetwork network)
    {
        long rows = network.Tiles.MinY / network.Geometry.GridY, columns = network.Tiles.MinX / network.Geometry.GridX;
        return [[1, 1, rows, columns], [1, network.Geometry.Rays, rows, columns]];
    }

    private static int RoundUp(int size, int step) => (size + step - 1) / step * step;

    private static byte[] Again(IModelFiles files, string weights, string hash)
    {
        byte[] onnx = files.Read(weights, WeightsLimit);
        if (Hash(onnx) != hash)
            throw new BioDLException(Status.ModelInvalid, $"{weights} of {files.Source} was changed while the model was open.", "Open the model again.");
        return onnx;
    }

    private static string Hash(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    private static BioDLException Nothing(ModelLocation location) => location.Files.Folder is null
        ? new BioDLException(Status.NotFound, $"There is no built-in model \"{location.Files.Source}\".", $"Built in: {string.Join(", ", EmbeddedFiles.Names)}.")
        : new BioDLException(Status.NotFound, $"There is no model in {location.Files.Source}.", $"A model's folder holds bioimageio.yaml or config.json, and {BareOnnxReader.Usual}.");
}
