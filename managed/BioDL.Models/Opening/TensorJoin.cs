using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Graphs.Walking;
using BioDL.Models.Readers;

namespace BioDL.Models.Opening;

/// <summary>Joins what a description says of its tensors with what the network is. Where both speak, they must agree.</summary>
internal sealed class TensorJoin
{
    private readonly ModelDraft _draft;
    private readonly DescriptionErrors _errors;
    private readonly AxisSizing _sizing;
    private readonly MatchedTensor[] _inputs;
    private readonly MatchedTensor[] _outputs;
    private readonly MatchedTensor[] _stars;
    private readonly int[] _channels;

    public TensorJoin(ModelDraft draft, LoadedNetwork network, DescriptionErrors errors)
    {
        (_draft, _errors) = (draft, errors);
        _sizing = new AxisSizing([.. draft.Inputs ?? [], .. draft.Outputs ?? []], errors);
        errors.Limited("inputs of the network", network.Inputs.Count, 1, TensorLimits.Tensors);
        errors.Limited("outputs of the network", network.Outputs.Count, 1, TensorLimits.Tensors);
        _inputs = [.. TensorMatch.Of(draft.Inputs, network.Inputs, "input",
            errors).Select(pair => TensorMatch.WithAxes(pair.Tensor, pair.Draft, null, errors))];
        _stars = [.. network.Stars.Select(star => TensorMatch.WithAxes(star, null, _inputs[0].Axes, errors))];
        _outputs = draft.Outputs is null && _stars.Length > 0 ? _stars
            : [.. TensorMatch.Of(draft.Outputs, network.Outputs, "output",
            errors).Select(pair => TensorMatch.WithAxes(pair.Tensor, pair.Draft, _inputs[0].Axes, errors))];
        _channels = [.. _inputs.Select(InputChannels)];
    }

    /// <summary>For the walk through the graph.</summary>
    public IReadOnlyList<GraphInput> Shapes =>
        [.. _inputs.Select((input, index) => new GraphInput(input.Name, input.Axes, _channels[index]))];

    public IReadOnlyList<InputTensor> Inputs(NetworkFacts facts) => [.. _inputs.Select((input, index) => new InputTensor
    {
        Name = input.Name, Id = input.Id, Axes = input.Axes, ArrayAxes = input.ArrayAxes,
        Channels = _channels[index], ElementType = input.Network.ElementType,
        Z = _sizing.Input(input, 'z', facts.Divisor.Z), Y = _sizing.Input(input, 'y', facts.Divisor.Y),
        X = _sizing.Input(input, 'x', facts.Divisor.X),
        Preprocessing = Checked(input.Draft, _channels[index]), ChannelNames = Names(input.Draft, _channels[index]),
    })];

    /// <param name="inputs">as made by <see cref="Inputs"/></param>
    /// <param name="facts">what the graph tells</param>
    public IReadOnlyList<OutputTensor> Outputs(IReadOnlyList<InputTensor> inputs, NetworkFacts facts) =>
        [.. _outputs.Select(output => Output(output, inputs, facts))];

    /// <summary>StarDist's two outputs, where one output holds them both.</summary>
    public IReadOnlyList<OutputTensor> Stars(IReadOnlyList<InputTensor> inputs, NetworkFacts facts) =>
        [.. _stars.Select(star => Output(star, inputs, facts))];

    private OutputTensor Output(MatchedTensor output, IReadOnlyList<InputTensor> inputs, NetworkFacts facts)
    {
        OutputFacts? known = facts.Outputs.TryGetValue(output.Name, out OutputFacts found) ? found : null;
        int channels = OutputChannels(output, known);
        InputTensor reference = Reference(output, inputs);
        var links = new OutputLinks(_sizing, _errors, output, reference, known is { Axes.Length: > 0 } ? known : null);
        var tensor = new OutputTensor
        {
            Name = output.Name, Id = output.Id, Axes = output.Axes, ArrayAxes = output.ArrayAxes,
            Channels = channels, Reference = reference.Name,
            ElementType = output.Network.ElementType,
            Z = links.Of('z'), Y = links.Of('y'), X = links.Of('x'),
            Halo = new Extent(Halo(output, 'z'), Halo(output, 'y'), Halo(output, 'x')),
            Postprocessing = Checked(output.Draft, channels), DataType = output.Draft?.DataType
                ?? "float32", ChannelNames = Names(output.Draft, channels),
        };
        return OutputKinds.Complete(tensor, output.Draft, reference, _draft);
    }

    /// <summary>The input that the sizes of an output follow: the described one, or the first.</summary>
    private InputTensor Reference(MatchedTensor output, IReadOnlyList<InputTensor> inputs)
    {
        var followed = new HashSet<string>();
        foreach (AxisDraft axis in output.Draft?.Axes.Where(axis => axis.Letter is 'z' or 'y' or 'x') ?? [])
        {
            if (_sizing.Follow(output.Draft!, axis) is { Tensor: { } tensor } origin && inputs.Any(input => input.Id == tensor.Id))
            {
                followed.Add(tensor.Id);
                if (origin.Axis.Letter != axis.Letter)
                    throw _errors.Unsupported($"has the output {output.Id}, whose axis {axis.Id} follows the axis {origin.Axis.Id} of "
                        + $"{tensor.Id}");
            }
        }
        if (followed.Count > 1)
            throw _errors.Unsupported($"has the output {output.Id}, whose axes follow different inputs: {string.Join(", ", followed)}");
        return inputs.FirstOrDefault(input => followed.Contains(input.Id)) ?? inputs[0];
    }

    private int InputChannels(MatchedTensor input)
    {
        if (!input.Axes.Contains('c'))
            return 1;
        int? described = _sizing.Channels(input.Draft);
        int? network = input.FixedSize('c') is { } size ? _errors.Limited($"channels in {input.Id}", size, 1, TensorLimits.Channels)
            : input.Network.Channels;
        Agree("input channels", described, network);
        int channels = network ?? described ?? _draft.StarDist?.Channels ?? 1;
        if (input.Draft is not null && !input.Draft.Letters.Contains('c') && channels != 1)
            throw _errors.Invalid($"describes {input.Id} without channels, but its network has {channels}");
        return channels;
    }

    private int OutputChannels(MatchedTensor output, OutputFacts? known)
    {
        if (!output.Axes.Contains('c'))
            return 1;
        int? described = _sizing.Channels(output.Draft);
        int? network = output.FixedSize('c') is { } size ? _errors.Limited($"channels in {output.Id}", size, 1, TensorLimits.Channels)
            : output.Network.Channels ?? (known is { Channels: > 0 } layer ? layer.Channels : null);
        Agree($"channels of {output.Id}", described, network);
        return _errors.Limited($"channels in {output.Id}", network ?? described ?? 1, 1, TensorLimits.Channels);
    }

    private void Agree(string what, int? described, int? found)
    {
        if (described is { } expected && found is { } actual && expected != actual)
            throw _errors.Invalid($"should have {expected} {what} by its description, but its network has {actual}");
    }

    /// <summary>Steps with a number for each channel, now that the channels are known.</summary>
    private IReadOnlyList<PixelOperation> Checked(TensorDraft? draft, int channels)
    {
        foreach (PixelOperation step in draft?.Processing ?? [])
        {
            if (step.Misfit(channels) is { } wrong)
                throw _errors.Invalid($"describes the step {step.Id} of {draft!.Id} with {wrong.Count} numbers for {channels} channels");
        }
        return draft?.Processing ?? [];
    }

    private static IReadOnlyList<string> Names(TensorDraft? draft, int channels) =>
        draft?.Axis('c')?.Names is { } names && names.Count == channels ? names : [];

    private static int Halo(MatchedTensor output, char letter) => output.Draft?.Axis(letter)?.Halo ?? 0;
}
