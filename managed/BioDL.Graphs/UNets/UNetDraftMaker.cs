using BioDL.Core.Training;

namespace BioDL.Graphs.UNets;

/// <summary>
/// Nodes and constants of an ONNX file; a tensor is its name there. Names of its own begin with "/", which no head's does.
/// </summary>
internal sealed class UNetDraftMaker(UNet net, IReadOnlyDictionary<string, float[]> weights) : IUNetMaker<string>
{
    /// <summary>What is added behind <see cref="Activation.Softplus"/>.</summary>
    private const float ScaleFloor = 1e-3f;

    private const float LeakySlope = 0.1f;

    private int _names;

    public OnnxDraft Draft { get; } = new();

    public string Convolve(string input, UNetBlock block)
    {
        (float[] weight, float[] bias) = UNetFolding.Convolution(block, weights);
        string[] inputs =
        [
            input,
            Floats($"{block.Name}.weight", weight, [block.Outputs, block.Inputs, .. block.Kernel]),
            Floats($"{block.Name}.bias", bias, [block.Outputs]),
        ];
        long[] pads = [.. block.Kernel.Select(size => size / 2L)];
        string output = Add("Conv", inputs, ("kernel_shape", Longs(block.Kernel)), ("pads", (long[])[.. pads, .. pads]));
        return Activate(block.Norm == UNetNorm.Group ? GroupNorm(output, block) : output, block.Activation);
    }

    public string Pool(string input, IReadOnlyList<int> factors, bool blurs, int channels)
    {
        long[] steps = Longs(factors);
        if (!blurs)
            return Add("MaxPool", [input], ("kernel_shape", steps), ("strides", steps));
        // The maximum of each pair of neighbours lies between them, and so does what a pooling without blur gives.
        long[] after = [.. factors.Select(factor => factor - 1L)], none = new long[factors.Count];
        string largest = Add("MaxPool", [input], ("kernel_shape", steps), ("strides", (long[])[.. none.Select(_ => 1L)]),
            ("pads", (long[])[.. none, .. after]));
        (float[] kernel, int[] size) = UNetBlur.Kernel(factors);
        string weight = Floats($"/blur{channels}.{string.Join('x', size)}",
            [.. Enumerable.Repeat(kernel, channels).SelectMany(values => values)], [channels, 1, .. size]);
        return Add("Conv", [largest, weight], ("kernel_shape", Longs(size)), ("strides", steps), ("group", (long)channels),
            ("pads", (long[])[.. after, .. none]));
    }

    public string Enlarge(string input, IReadOnlyList<int> factors)
    {
        string scales = Floats($"/scales.{string.Join('x', factors)}", [1, 1, .. factors.Select(factor => (float)factor)],
            [factors.Count + 2]);
        return Add("Resize", [input, "", scales], ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"),
            ("nearest_mode", "floor"));
    }

    public string Join(string first, string second) => Add("Concat", [first, second], ("axis", 1L));

    public string AddInput(string head, string input, int headChannels, int inputChannels)
    {
        if (headChannels == inputChannels)
            return Add("Add", [head, input]);
        // A convolution that copies each channel to its place and gives 0 to the others.
        var copies = new float[headChannels * inputChannels];
        for (int channel = 0; channel < inputChannels; channel++)
            copies[channel * inputChannels + channel] = 1;
        int[] kernel = [.. Enumerable.Repeat(1, net.Dimensions)];
        string weight = Floats("/copies", copies, [headChannels, inputChannels, .. kernel]);
        return Add("Add", [head, Add("Conv", [input, weight], ("kernel_shape", Longs(kernel)))]);
    }

    /// <summary>A head's activation, and its name for what comes out.</summary>
    public void Finish(string tensor, UNetHead head)
    {
        string last = Activate(tensor, head.Activation);
        DraftNode node = Draft.Nodes.Single(made => made.Outputs[0] == last);
        node.Outputs[0] = head.Name;
    }

    private string Activate(string input, Activation activation) => activation switch
    {
        Activation.None => input,
        Activation.Relu => Add("Relu", [input]),
        Activation.LeakyRelu => Add("LeakyRelu", [input], ("alpha", LeakySlope)),
        Activation.Sigmoid => Add("Sigmoid", [input]),
        Activation.Tanh => Add("Tanh", [input]),
        Activation.Softmax => Add("Softmax", [input], ("axis", 1L)),
        Activation.Softplus => Add("Add", [Add("Softplus", [input]), Floats("/floor", [ScaleFloor], [1])]),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };

    /// <summary>Opset 17 has no group norm: groups become channels of an instance norm, as PyTorch writes it.</summary>
    private string GroupNorm(string input, UNetBlock block)
    {
        int groups = UNetParameters.Groups(block.Outputs);
        string grouped = Add("Reshape", [input, Whole($"/groups{groups}", 0, groups, -1)]);
        string ones = Floats($"/ones{groups}", [.. Enumerable.Repeat(1f, groups)], [groups]);
        string zeros = Floats($"/zeros{groups}", new float[groups], [groups]);
        string normal = Add("InstanceNormalization", [grouped, ones, zeros], ("epsilon", (float)UNetParameters.Epsilon));
        string back = Add("Reshape", [normal, Add("Shape", [input])]);
        int[] shape = [block.Outputs, .. Enumerable.Repeat(1, net.Dimensions)];
        string scaled = Add("Mul", [back, Floats($"{block.NormName}.weight", weights[$"{block.NormName}.weight"], shape)]);
        return Add("Add", [scaled, Floats($"{block.NormName}.bias", weights[$"{block.NormName}.bias"], shape)]);
    }

    private string Add(string type, string[] inputs, params (string Name, object Value)[] attributes)
    {
        string output = $"/{type}{++_names}";
        var node = new DraftNode(type, inputs, [output]);
        foreach ((string name, object value) in attributes)
            node.Attributes[name] = value;
        Draft.Nodes.Add(node);
        return output;
    }

    private string Floats(string name, float[] values, int[] shape)
    {
        Draft.Constants[name] = DraftConstant.Floats(Longs(shape), values);
        return name;
    }

    private string Whole(string name, params long[] values)
    {
        Draft.Constants[name] = DraftConstant.Integers(values);
        return name;
    }

    private static long[] Longs(IReadOnlyList<int> values) => [.. values.Select(value => (long)value)];
}
