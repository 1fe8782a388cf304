using BioDL.Core.Training;

namespace BioDL.Graphs.UNets.Reading;

/// <summary>What a file gives at its end: a convolution of size 1 and its activation.</summary>
/// <param name="Name">of the output; "" where several are joined in one</param>
/// <param name="Channels">of it</param>
/// <param name="Activation">behind it</param>
/// <param name="Convolution">its node</param>
internal sealed record FoundHead(string Name, int Channels, Activation Activation, OnnxNode Convolution)
{
    /// <summary>The network's input is added to it.</summary>
    public bool HasInput { get; init; }

    /// <summary>The convolution that copies the input's channels for that, where the head has more.</summary>
    public OnnxNode? Copies { get; init; }

    /// <summary>The tensor that its convolution takes.</summary>
    public string From => Convolution.Input(0);
}

/// <summary>Finds the heads of a file from its outputs backwards.</summary>
/// <param name="links">of its graph</param>
/// <param name="input">the network's</param>
internal sealed class HeadReader(GraphLinks links, string input)
{
    private const double ScaleFloor = 1e-3;

    /// <summary>In the order of the outputs; one that the input is added to comes first.</summary>
    /// <exception cref="UnmappedException">An output is no head of the family.</exception>
    public IReadOnlyList<FoundHead> Read() =>
        [.. links.Graph.Outputs.SelectMany(Heads).OrderByDescending(head => head.HasInput)];

    /// <summary>StarDist joins its outputs for Fiji, and brings them from the grid to full size.</summary>
    private IEnumerable<FoundHead> Heads(TensorSpec output)
    {
        OnnxNode? last = links.Producer(output.Name);
        if (last is { Operator: "Concat" })
            return last.Inputs.Select(part => Head("", FromGrid(part)));
        return [Head(output.Name, FromGrid(output.Name))];
    }

    private string FromGrid(string tensor) => links.Producer(tensor) switch
    {
        { Operator: "Resize" or "Upsample" } enlarged => enlarged.Input(0),
        { Operator: "ConvTranspose" } spread when links.Shape(spread.Input(1)).Skip(2).All(size => size == 1) => spread.Input(0),
        _ => tensor,
    };

    private FoundHead Head(string name, string tensor)
    {
        (Activation activation, tensor) = WithoutActivation(tensor);
        OnnxNode last = links.Producer(tensor) ?? throw new UnmappedException("an output that nothing computes");
        OnnxNode? copies = null;
        bool hasInput = last.Operator == "Add";
        if (hasInput)
        {
            string[] others = [.. last.Inputs.Where(part => part != input && !IsCopy(part))];
            copies = last.Inputs.Select(links.Producer).FirstOrDefault(node => node is not null && IsCopy(node.Outputs[0]));
            last = others is [var head] && links.Producer(head) is { } node ? node
                : throw new UnmappedException("an output that is a sum of other things than a convolution and the input");
        }
        if (last.Operator != "Conv" || !links.IsConstant(last.Input(1)) || links.Shape(last.Input(1)).Skip(2).Any(size => size != 1))
            throw new UnmappedException($"an output of {last.Operator}, where it has to be a convolution of size 1");
        return new FoundHead(name, (int)links.Shape(last.Input(1))[0], activation, last) { HasInput = hasInput, Copies = copies };
    }

    /// <summary>A convolution without bias that puts each channel of the input to its place.</summary>
    private bool IsCopy(string tensor)
    {
        if (links.Producer(tensor) is not { Operator: "Conv", Inputs.Length: 2 } node || node.Input(0) != input)
            return false;
        long[] shape = links.Shape(node.Input(1));
        float[] weights = links.Values(node.Input(1));
        long inputs = shape[1];
        return weights.LongLength == shape[0] * inputs
            && weights.Select((value, i) => value == (i / inputs == i % inputs ? 1 : 0)).All(fits => fits);
    }

    private (Activation Activation, string Tensor) WithoutActivation(string tensor)
    {
        OnnxNode? last = links.Producer(tensor);
        return last?.Operator switch
        {
            "Relu" => (Activation.Relu, last.Input(0)),
            "LeakyRelu" => (Activation.LeakyRelu, last.Input(0)),
            "Sigmoid" => (Activation.Sigmoid, last.Input(0)),
            "Tanh" => (Activation.Tanh, last.Input(0)),
            "Softmax" when last.Integer("axis", -1) == 1 => (Activation.Softmax, last.Input(0)),
            "Add" when last.Inputs.FirstOrDefault(links.IsConstant) is { } floor && links.Values(floor).All(IsFloor)
                && links.Producer(last.Inputs.First(part => part != floor)) is { Operator: "Softplus" } soft
                => (Activation.Softplus, soft.Input(0)),
            _ => (Activation.None, links.First(tensor)),
        };
    }

    private static bool IsFloor(float value) => Math.Abs(value - ScaleFloor) < 1e-6;
}
