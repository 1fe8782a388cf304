using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Road;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Engines;
using BioDL.Models.Cache;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;
using BioDL.Models.Opening;
using BioDL.Models.Runtime;
using BioDL.Torch.Training;

namespace BioDL.Models;

/// <summary>
/// An open model. Safe for concurrent use; disposing it while a run goes on lets that run finish. Its network is loaded on a device at the
/// first run there and then shared. While it runs, trainings of this process stand still.
/// </summary>
public sealed class Model : IDisposable
{
    private readonly SharedNetworks _networks;
    private readonly OpenedModel _opened;
    private readonly NetworkFile _file;
    private readonly ObjectUse? _use;

    private Model(OpenedModel opened, NetworkFile file, ObjectUse? use)
    {
        (_opened, _file, _use) = (opened, file, use);
        _networks = new SharedNetworks(opened.Network.Engine, file);
    }

    public ModelDescription Description => _opened.Description;

    /// <summary>Where its test tensors may be: beside its description, or with its weights.</summary>
    internal IReadOnlyList<ModelLocation> Locations => [_opened.Location, new ModelLocation(_opened.Files, null)];

    /// <summary>What the road needs to know of the network.</summary>
    internal RunNetwork Running => _opened.Running;

    /// <summary>Open a model.</summary>
    /// <param name="path">
    /// a folder or zip file with a bioimage.io description, or as CSBDeep, Noise2Void and StarDist save models; any telling file of such a
    /// folder;
    /// a bare .onnx file; the id of an installed model; "builtin:NAME"; null or "" for the built-in one that segments
    /// </param>
    /// <param name="use">what a network without a description is for</param>
    /// <exception cref="BioDLException">
    /// <see cref="Status.NotFound"/>, <see cref="Status.Io"/>, <see cref="Status.ModelInvalid"/>, <see cref="Status.ModelUnsupported"/>;
    /// <see cref="Status.InvalidArgument"/>: a use for a model that has a description.
    /// </exception>
    public static Model Open(string? path, NetworkUse use = NetworkUse.Unknown)
    {
        ModelLocation location = ModelFinder.Find(path);
        // Held from before the first file is read, so that removing an installed model leaves the files of an open one.
        ObjectUse? held = ObjectUse.Of(location.Files.Folder);
        try
        {
            return Read(location, held, use);
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    private static Model Read(ModelLocation location, ObjectUse? held, NetworkUse use)
    {
        OpenedModel opened = OpenedModel.Of(location, use);
        LoadedNetwork network = opened.Network;
        RunNetwork running = opened.Running;
        NetworkFile file = network.File(opened.Description.Source) with
        {
            Inputs = [.. running.Inputs.Select(input => input.Name)],
            Outputs = [.. running.Outputs.Select(output => output.Name),
                .. network.Stars.Select(star => star.Name)],
            SmallestInputs = NetworkShapes.Inputs(running),
            SmallestOutputs = NetworkShapes.Outputs(running),
            Local = running.GlobalOperators.Count == 0,
        };
        return new Model(opened, file, held);
    }

    /// <summary>Segment an image; see <see cref="StarRun.Run"/>.</summary>
    /// <exception cref="BioDLException">
    /// As <see cref="StarRun.Run"/>, and <see cref="Status.InvalidHandle"/> when the model is closed,
    /// <see cref="Status.DeviceUnavailable"/>
    /// for a device that does not exist, <see cref="Status.ModelUnsupported"/> for a model that is not StarDist's.
    /// </exception>
    public SegmentedObjects Segment(ImageView image, RunOptions options, StarOptions stars, ProgressHandler? progress = null,
        StarImages? images = null)
    {
        using IDisposable yields = TrainingWorker.Yield();
        using SharedNetworks.Use use = _networks.Enter();
        StarDistModel model = _opened.StarDist ?? throw NotSegmenting();
        return StarRun.Run(model.Network, model.Stars, StarDevices(options, use), image, (options, stars), progress, images);
    }

    /// <summary>What a StarDist network gives, in the order of the plan of a segmentation: probabilities, then distances.</summary>
    /// <exception cref="BioDLException"><see cref="Status.ModelUnsupported"/>: the model is not StarDist's.</exception>
    public IReadOnlyList<OutputTensor> StarOutputs => (_opened.StarDist ?? throw NotSegmenting()).Network.Outputs;

    /// <summary>Run the network once and keep what it predicts; see <see cref="StarRun.Keep"/>.</summary>
    /// <exception cref="BioDLException">As <see cref="Segment"/>.</exception>
    public StarCandidates Keep(ImageView image, RunOptions options, KeepOptions keep, ProgressHandler? progress = null)
    {
        using IDisposable yields = TrainingWorker.Yield();
        using SharedNetworks.Use use = _networks.Enter();
        StarDistModel model = _opened.StarDist ?? throw NotSegmenting();
        return StarRun.Keep(model.Network, model.Stars, StarDevices(options, use), image, (options, keep), progress);
    }

    /// <summary>How a segmentation of this image would go, before it is made.</summary>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>, <see cref="Status.ModelUnsupported"/>: as
    /// <see cref="Segment"/>.</exception>
    public RunPlan PlanSegment(ImageView image, RunOptions options) =>
        StarRun.Plan((_opened.StarDist ?? throw NotSegmenting()).Network, image, options);

    /// <summary>How a run over these images would go; see <see cref="PixelRoad.Plan"/>.</summary>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: the images do not fit the network.</exception>
    public RunPlan Plan(IReadOnlyList<ImageView> inputs, RunOptions options) => PixelRoad.Plan(Running, inputs, options);

    /// <summary>Run the network image to image; see <see cref="ImageRun.Run"/>.</summary>
    /// <exception cref="BioDLException">
    /// As <see cref="ImageRun.Run"/>, and <see cref="Status.InvalidHandle"/> when the model is closed,
    /// <see cref="Status.DeviceUnavailable"/>
    /// for a device that does not exist.
    /// </exception>
    public RunResult Run(IReadOnlyList<ImageView> inputs, RunOptions options, ProgressHandler? progress, IReadOnlyList<ImageView?> outputs)
    {
        using IDisposable yields = TrainingWorker.Yield();
        using SharedNetworks.Use use = _networks.Enter();
        var devices = new DeviceChain(Choice(options.Device), options.Device, use);
        return ImageRun.Run(Running, devices, inputs, options, progress, outputs);
    }

    /// <summary>No further runs; those that go on finish.</summary>
    public void Dispose()
    {
        _networks.Dispose();
        _use?.Dispose();
    }

    private DeviceChoice Choice(string asked) => Devices.Choose(asked, _opened.Network.Engine, InstalledEngines.Devices);

    private DeviceChain StarDevices(RunOptions options, SharedNetworks.Use use)
    {
        IReadOnlyList<OutputTensor> outputs = _opened.StarDist!.Network.Outputs;
        return new DeviceChain(Choice(options.Device), options.Device, use, loaded => Only(loaded, outputs));
    }

    /// <summary>Some of the outputs in this order.</summary>
    private ChosenOutputs Only(INetwork network, IReadOnlyList<OutputTensor> outputs)
    {
        List<string> names = [.. _file.Outputs];
        return new ChosenOutputs(network, names.Count, [.. outputs.Select(output => names.IndexOf(output.Name))]);
    }

    private BioDLException NotSegmenting()
    {
        string command = Description.Task switch
        {
            ModelTask.Denoise => "BioDL Denoise... (biodl denoise)",
            ModelTask.Stain => "BioDL Virtual Stain... (biodl stain)",
            _ => "BioDL Run Model... (biodl run)",
        };
        string name = Description.Name.Length > 0 ? Description.Name : Description.Source;
        return new BioDLException(Status.ModelUnsupported, $"{name} cannot segment: it {Description.Obstacle}.",
            $"Use it with {command}, or choose a StarDist model.");
    }
}
