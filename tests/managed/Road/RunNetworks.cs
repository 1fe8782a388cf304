using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Graphs.Files;
using BioDL.Graphs.Walking;
using BioDL.Tests.Graphs;

namespace BioDL.Tests.Road;

/// <summary>Networks of the kinds that people run, with random weights: what they cost depends on their layers alone.</summary>
internal sealed class RunNetworks
{
    public required byte[] Onnx { get; init; }
    public required RunNetwork Network { get; init; }

    /// <summary>
    /// A U-Net of two levels, as CSBDeep makes them; its last layer is added to the input where both have as many channels.
    /// </summary>
    /// <param name="from">channels in</param>
    /// <param name="to">channels out</param>
    /// <param name="width">channels of the first level</param>
    /// <param name="volume">three axes rather than two</param>
    public static RunNetworks UNet(int from, int to, int width, bool volume)
    {
        var maker = new NetworkMaker();
        string input = maker.Input("input", NetworkMaker.Float, Shape(from, volume)), first = Pair(maker, input, from, width, volume);
        string second = Pair(maker, Pool(maker, first, volume), width, 2 * width, volume), deep = Pair(maker, Pool(maker, second, volume),
            2 * width, 4 * width, volume);
        string up = Pair(maker, maker.Node("Concat", [Up(maker, deep, volume), second], ("axis", 1L)), 6 * width, 2 * width, volume);
        string top = Pair(maker, maker.Node("Concat", [Up(maker, up, volume), first], ("axis", 1L)), 3 * width, width, volume);
        string last = Convolution(maker, top, width, to, 1, volume);
        maker.Add("Add", [last, from == to ? input : last], ["output"]);
        return Make(maker, [new GraphInput("input", volume ? "bczyx" : "bcyx", from)], to, volume);
    }

    /// <summary>StainNet (Kang et al. 2021): three convolutions of 1 x 1, the cheapest network that anybody uses.</summary>
    public static RunNetworks StainNet()
    {
        var maker = new NetworkMaker();
        string hidden = Relu(maker, Convolution(maker, maker.Input("input", NetworkMaker.Float, Shape(3, false)), 3, 32, 1, false));
        string last = Convolution(maker, Relu(maker, Convolution(maker, hidden, 32, 32, 1, false)), 32, 3, 1, false);
        maker.Add("Identity", [last], ["output"]);
        return Make(maker, [new GraphInput("input", "bcyx", 3)], 3, false);
    }

    /// <summary>Two images in, one out, a few convolutions.</summary>
    public static RunNetworks TwoInputs()
    {
        var maker = new NetworkMaker();
        string a = maker.Input("input", NetworkMaker.Float, Shape(1, false)),
            b = maker.Input("second", NetworkMaker.Float, Shape(1, false));
        string both = Pair(maker, maker.Node("Concat", [a, b], ("axis", 1L)), 2, 32, false);
        maker.Add("Sigmoid", [Convolution(maker, both, 32, 2, 1, false)], ["output"]);
        return Make(maker, [new GraphInput("input", "bcyx", 1), new GraphInput("second", "bcyx", 1)], 2, false);
    }

    /// <summary>The same with other steps before and after.</summary>
    public RunNetworks With(PixelOperation[] before, bool restores = false) => new()
    {
        Onnx = Onnx,
        Network = Network with
        {
            Inputs = [.. Network.Inputs.Select(input => input with { Preprocessing = before })],
            Outputs = [.. Network.Outputs.Select(output => output with { RestoresInput = restores })],
        },
    };

    private static RunNetworks Make(NetworkMaker maker, GraphInput[] inputs, int to, bool volume)
    {
        string output = maker.Output("output", rank: volume ? 5 : 4), axes = inputs[0].Axes;
        byte[] onnx = maker.Bytes();
        GraphCost cost = GraphCost.Of(OnnxReader.Read(onnx, "bench"), inputs);
        AxisSizes z = volume ? new AxisSizes(cost.DivisorZ, cost.DivisorZ) : AxisSizes.One, y = new(cost.DivisorY, cost.DivisorY),
            x = new(cost.DivisorX, cost.DivisorX);
        return new RunNetworks
        {
            Onnx = onnx,
            Network = new RunNetwork
            {
                Name = "bench", Sha256 = "", Source = "bench", WeightsFormat = "onnx", BytesPerPixel = 1.4 * cost.BytesPerPixel,
                Reach = new Extent(cost.ReachZ, cost.ReachY, cost.ReachX),
                Divisor = new Extent(cost.DivisorZ, cost.DivisorY, cost.DivisorX),
                Inputs = [.. inputs.Select(input => new InputTensor { Name = input.Name, Axes = axes, Channels = input.Channels,
                    Z = z, Y = y, X = x })],
                Outputs = [new OutputTensor { Name = output, Axes = axes, Channels = to, Reference = "input" }],
            },
        };
    }

    private static long?[] Shape(int channels, bool volume) => volume ? [1, channels, null, null, null] : [1, channels, null, null];

    private static string Pair(NetworkMaker maker, string input, int from, int to, bool volume) =>
        Relu(maker, Convolution(maker, Relu(maker, Convolution(maker, input, from, to, 3, volume)), to, to, 3, volume));

    private static string Relu(NetworkMaker maker, string input) => maker.Node("Relu", [input]);

    private static string Convolution(NetworkMaker maker, string input, int from, int to, int kernel, bool volume)
    {
        int axes = volume ? 3 : 2;
        string weights = maker.Weights([to, from, .. Enumerable.Repeat((long)kernel, axes)]), bias = maker.Weights(to);
        return maker.Node("Conv", [input, weights, bias], ("kernel_shape", Same(kernel, axes)), ("pads", Same(kernel / 2, 2 * axes)),
            ("strides", Same(1, axes)));
    }

    private static string Pool(NetworkMaker maker, string input, bool volume)
    {
        int axes = volume ? 3 : 2;
        return maker.Node("MaxPool", [input], ("kernel_shape", Same(2, axes)), ("strides", Same(2, axes)));
    }

    private static string Up(NetworkMaker maker, string input, bool volume)
    {
        string scales = maker.Floats([1, 1, .. Enumerable.Repeat(2f, volume ? 3 : 2)], volume ? 5 : 4);
        return maker.Node("Resize", [input, "", scales], ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"),
            ("nearest_mode", "floor"));
    }

    private static long[] Same(long value, int count) => [.. Enumerable.Repeat(value, count)];
}
