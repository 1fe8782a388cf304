using BioDL.Core.Training;

namespace BioDL.Graphs.UNets.Reading;

/// <summary>A convolution of a file with what follows it.</summary>
internal sealed class FoundBlock
{
    private const double LeakySlope = 0.1;

    private readonly GraphLinks _links;
    private readonly OnnxNode _convolution;
    private OnnxNode? _batchNorm;
    private (string Scale, string Shift)? _groupNorm;

    private FoundBlock(GraphLinks links, OnnxNode convolution)
    {
        (_links, _convolution, Output) = (links, convolution, convolution.Outputs[0]);
        long[] shape = links.Shape(convolution.Input(1));
        if (shape.Length is not (4 or 5))
            throw new UnmappedException($"a convolution of {shape.Length - 2} axes");
        (Outputs, Inputs) = (checked((int)shape[0]), checked((int)shape[1]));
        Kernel = [.. shape.Skip(2).Select(size => checked((int)size))];
        RequirePlain();
    }

    public int Inputs { get; }
    public int Outputs { get; }
    public int[] Kernel { get; }
    public UNetNorm Norm { get; private set; }
    public Activation Activation { get; private set; }

    /// <summary>The last tensor.</summary>
    public string Output { get; private set; }

    /// <summary>A convolution with norm and activation.</summary>
    /// <exception cref="UnmappedException">The convolution, or what follows it, is none of the family.</exception>
    public static FoundBlock Of(GraphLinks links, OnnxNode convolution)
    {
        var block = new FoundBlock(links, convolution);
        block.FollowNorm();
        block.FollowActivation();
        return block;
    }

    /// <summary>A convolution alone.</summary>
    /// <exception cref="UnmappedException">It is none of the family.</exception>
    public static FoundBlock Bare(GraphLinks links, OnnxNode convolution) => new(links, convolution);

    /// <summary>Its weights, by the names that the family has for them.</summary>
    public IEnumerable<KeyValuePair<string, float[]>> Weights(UNetBlock target)
    {
        string bias = _convolution.Input(2);
        yield return new($"{target.Name}.weight", _links.Values(_convolution.Input(1)));
        yield return new($"{target.Name}.bias", bias.Length > 0 ? _links.Values(bias) : new float[Outputs]);
        if (_groupNorm is { } group)
        {
            yield return new($"{target.NormName}.weight", _links.Values(group.Scale));
            yield return new($"{target.NormName}.bias", _links.Values(group.Shift));
        }
        if (_batchNorm is null)
            yield break;
        float[] Of(int input) => _links.Values(_batchNorm.Input(input));
        float more = EpsilonOf(_batchNorm) - (float)UNetParameters.Epsilon;
        yield return new($"{target.NormName}.weight", Of(1));
        yield return new($"{target.NormName}.bias", Of(2));
        yield return new($"{target.NormName}.mean", Of(3));
        yield return new($"{target.NormName}.variance", [.. Of(4).Select(variance => variance + more)]);
    }

    private void RequirePlain()
    {
        bool ones(string attribute) => (_convolution.List(attribute) ?? []).All(value => value == 1);
        if (!ones("strides") || !ones("dilations") || _convolution.Integer("group", 1) != 1)
            throw new UnmappedException("a convolution with strides, dilations or groups");
        long[] half = [.. Kernel.Select(size => size / 2L)];
        bool same = _convolution.Text("auto_pad", "NOTSET").StartsWith("SAME", StringComparison.Ordinal);
        long[] pads = _convolution.List("pads") ?? new long[2 * Kernel.Length];
        if (Kernel.Any(size => size % 2 == 0) || !same && !pads.SequenceEqual([.. half, .. half]))
            throw new UnmappedException("a convolution that changes the size");
    }

    private void FollowNorm()
    {
        if (_links.OnlyConsumer(Output) is { Operator: "BatchNormalization" } batch)
            (_batchNorm, Norm, Output) = (batch, UNetNorm.Batch, batch.Outputs[0]);
        if (_links.Consumer(Output, "Reshape") is not { } grouped)
            return;
        OnnxNode normal = Next(grouped, "InstanceNormalization");
        RequireGroups(grouped, normal);
        OnnxNode scaled = Next(Next(normal, "Reshape"), "Mul"), shifted = Next(scaled, "Add");
        (_groupNorm, Norm, Output) = ((ConstantOf(scaled), ConstantOf(shifted)), UNetNorm.Group, shifted.Outputs[0]);
    }

    private void RequireGroups(OnnxNode grouped, OnnxNode normal)
    {
        double[]? shape = _links.Graph.Constants.GetValueOrDefault(grouped.Input(1))?.Values;
        bool plain = _links.Values(normal.Input(1)).All(value => value == 1) && _links.Values(normal.Input(2)).All(value => value == 0);
        bool fits = shape is [0, var groups, -1] && groups == UNetParameters.Groups(Outputs);
        if (!plain || !fits || Math.Abs(EpsilonOf(normal) - UNetParameters.Epsilon) > 1e-9)
            throw new UnmappedException("a group norm of other groups than 8 channels");
    }

    private OnnxNode Next(OnnxNode node, string type) => _links.OnlyConsumer(node.Outputs[0]) is { } next && next.Operator == type ? next
        : throw new UnmappedException("a norm of a kind that is not known");

    private string ConstantOf(OnnxNode node) => node.Inputs.FirstOrDefault(_links.IsConstant)
        ?? throw new UnmappedException("a norm of a kind that is not known");

    private static float EpsilonOf(OnnxNode norm) => norm.Floats.TryGetValue("epsilon", out float[]? values) ? values[0] : 1e-5f;

    private void FollowActivation()
    {
        OnnxNode? next = _links.OnlyConsumer(Output);
        Activation = Of(next) ?? throw new UnmappedException($"a convolution with {next?.Operator ?? "nothing"} behind it, where it has to "
            + "be Relu, LeakyRelu of 0.1 or Tanh");
        Output = next!.Outputs[0];
    }

    private static Activation? Of(OnnxNode? node) => node?.Operator switch
    {
        "Relu" => Activation.Relu,
        "Tanh" => Activation.Tanh,
        "LeakyRelu" when Math.Abs(node.Floats.GetValueOrDefault("alpha", [0.01f])[0] - LeakySlope) < 1e-6 => Activation.LeakyRelu,
        _ => null,
    };
}
