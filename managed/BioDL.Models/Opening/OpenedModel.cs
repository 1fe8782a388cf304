using BioDL.Core;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;
using BioDL.Models.Readers;
using BioDL.Models.Runtime;

namespace BioDL.Models.Opening;

/// <summary>A network that finds star-convex objects.</summary>
/// <param name="Network">what the road needs to know; its outputs are prob and dist</param>
/// <param name="Stars">what the sink needs to know</param>
internal sealed record StarDistModel(RunNetwork Network, StarDistNetwork Stars);

/// <summary>
/// All that is known of a model before it runs: files -> description -> weights -> graph -> tensors -> networks for Core.
/// </summary>
internal sealed record OpenedModel
{
    /// <summary>Where its description was found, and where its weights are: the same, or a zip file inside.</summary>
    public required ModelLocation Location { get; init; }
    public required IModelFiles Files { get; init; }
    public required ModelDescription Description { get; init; }
    public required LoadedNetwork Network { get; init; }
    public required RunNetwork Running { get; init; }

    /// <summary>Null where it cannot be segmented with; <see cref="ModelDescription.Obstacle"/> says why.</summary>
    public StarDistModel? StarDist { get; init; }

    /// <exception cref="BioDLException">
    /// <see cref="Status.NotFound"/>, <see cref="Status.Io"/>, <see cref="Status.ModelInvalid"/>, <see cref="Status.ModelUnsupported"/>
    /// </exception>
    public static OpenedModel Of(ModelLocation location, NetworkUse use = NetworkUse.Unknown)
    {
        location = CsbDeepLayout.WithMetadataBeside(location);
        ModelDraft draft = ModelReaders.All.Select(reader => reader.Read(location)).FirstOrDefault(found => found is not null)
            ?? throw Nothing(location);
        draft = BareNetwork.As(use, draft);
        var errors = new DescriptionErrors(location.Files.Source);
        LoadedNetwork network = WeightsLoader.Load(draft, draft.Files ?? location.Files, errors);
        var join = new TensorJoin(draft, network, errors);
        NetworkFacts facts = NetworkFacts.Of(network, join.Shapes);
        IReadOnlyList<InputTensor> inputs = BareNetwork.Normalized(use, join.Inputs(facts));
        IReadOnlyList<OutputTensor> outputs = join.Outputs(inputs, facts);
        if (network.Graph is null)
            facts = Measurement.Of(network, inputs, outputs, location.Files.Source) ?? facts;
        if (draft.IsWhole)
            facts = facts with { GlobalOperators = [.. facts.GlobalOperators, "its description says allow_tiling: false"] };
        IReadOnlyList<OutputTensor> stars = network.Stars.Count > 0 ? join.Stars(inputs, facts) : outputs;
        StarDistCheck star = StarDistCheck.Of(draft, inputs, stars, facts, errors);
        bool isStarDist = draft.StarDist is not null || star.Description is not null;
        if (isStarDist && draft.Inputs is null)
            inputs = [.. inputs.Select(input => input with { Preprocessing = [StarDistCheck.Usual] })];
        if (isStarDist)
            outputs = [.. outputs.Select(output => output with { Kind = OutputKind.Values })];
        ModelDescription description = draft.Description with
        {
            Sha256 = network.Sha256,
            Notes = [.. draft.Description.Notes, .. network.Notes],
            WeightsFormat = network.Format,
            Inputs = inputs,
            Outputs = outputs,
            StarDist = star.Description,
            Obstacle = star.Obstacle,
            ReceivesRawValues = draft.Inputs is null && !isStarDist,
            Task = star.Description is not null ? ModelTask.Segment : draft.Description.Task,
        };
        RunNetwork running = ToRun(description, facts, network);
        return new OpenedModel
        {
            Location = location, Files = draft.Files ?? location.Files, Description = description, Network = network, Running = running,
            StarDist = star.Description is { } convex ? Segmenting(running, convex, inputs[0], stars) : null,
        };
    }

    private static RunNetwork ToRun(ModelDescription model, NetworkFacts facts, LoadedNetwork network) => new()
    {
        Task = model.Task switch { ModelTask.Denoise => "denoise", ModelTask.Stain => "stain", _ => "run" }, Name = model.Name,
        Id = model.Id, Version = model.Version, Sha256 = model.Sha256, Source = model.Source, WeightsFormat = model.WeightsFormat,
        MadeFor = model.MadeFor, Versions = EngineVersion.With(network.Engine), Inputs = model.Inputs, Outputs = model.Outputs,
        Reach = facts.Reach, BytesPerPixel = facts.BytesPerPixel, FlopsPerPixel = facts.FlopsPerPixel,
        GlobalOperators = facts.GlobalOperators, Divisor = facts.Divisor, Notes = model.Notes, ReceivesRawValues = model.ReceivesRawValues,
    };

    /// <summary>
    /// The network as segmentation runs it: its probabilities, distances and classes alone, on tiles and pixels as StarDist has them.
    /// </summary>
    private static StarDistModel Segmenting(RunNetwork network, StarDistDescription model, InputTensor input,
        IReadOnlyList<OutputTensor> outputs)
    {
        OutputTensor Output(string name) => outputs.First(output => output.Name == name) with
        {
            Postprocessing = [],
            Kind = OutputKind.Values,
        };
        string[] names = model.ClassName == "" ? [model.ProbName, model.DistName] : [model.ProbName, model.DistName, model.ClassName];
        // Sizes are min + n * step, and each must be a multiple of the step for the network's levels to fit together.
        AxisSizes Sizes(AxisSizes own, int min, int step) => own.Step == 0 ? own : new((Math.Max(min, 1) + step - 1) / step * step, step);
        var over = StatisticAxes.Slices | (model.JointChannels ? StatisticAxes.Channel : StatisticAxes.Plane);
        return new StarDistModel(
            network with
            {
                Task = "segment",
                ChannelByChannel = false,
                Reach = new Extent(0, model.Halo, model.Halo),
                Divisor = new Extent(1, input.Y.Step == 0 ? model.DivisorY : 1, input.X.Step == 0 ? model.DivisorX : 1),
                Inputs = [input with
                {
                    Y = Sizes(input.Y, model.MinY, model.DivisorY), X = Sizes(input.X, model.MinX, model.DivisorX),
                    Preprocessing = [new ScaleRange(model.PercentileLow, model.PercentileHigh, over, model.Epsilon)],
                }],
                Outputs = [.. names.Select(Output)],
            },
            new StarDistNetwork
            {
                Geometry = new StarGeometry(model.Rays, model.GridY, model.GridX).Checked(), Prob = 0, Dist = 1,
                Class = names.Length > 2 ? 2 : null,
                ProbThreshold = model.ProbThreshold, OverlapThreshold = model.OverlapThreshold, Border = model.Border,
            });
    }

    private static BioDLException Nothing(ModelLocation location) => location.Files is EmbeddedFiles
        ? new BioDLException(Status.NotFound, $"There is no built-in model \"{location.Files.Source}\".",
            $"Built in: {string.Join(", ", EmbeddedFiles.Names)}.")
        : new BioDLException(Status.NotFound, $"There is no model in {location.Files.Source}.",
            $"A model's folder holds bioimageio.yaml, config.json or saved_model.pb, or {BareOnnxReader.Usual}.");
}
