using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Core.Tensors;
using BioDL.Tests.Objects.StarConvex;

namespace BioDL.Tests.Road;

/// <summary>A network that is computed in C#, so that its results are checked against a direct evaluation.</summary>
internal sealed class PlainNetwork(RunNetwork network, Func<Field[], Field[]> function, string device = "cpu") : INetwork
{
    public string Device => device;

    public string DeviceName => "plain " + device;

    public int Runs { get; private set; }

    /// <summary>Called before each run with the first input's shape.</summary>
    public Action<long[]>? Before { get; init; }

    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> outputs)
    {
        Runs++;
        Before?.Invoke(inputs[0].Shape);
        var fields = new Field[inputs.Length];
        for (int i = 0; i < fields.Length; i++)
            fields[i] = Field.Of(inputs[i], network.Inputs[i].Axes);
        Field[] results = function(fields);
        for (int i = 0; i < results.Length; i++)
            results[i].CopyTo(outputs[i]!, network.Outputs[i].Axes);
    }

    /// <summary>Nothing is taken, so nothing is given back.</summary>
    public void Trim()
    {
    }

    public FakeChain Chain() => new((device, () => this));
}

/// <summary>Descriptions and functions of small networks.</summary>
internal static class PlainNetworks
{
    public static RunNetwork Describe(string axes = "bcyx", int channels = 1, int outputChannels = 1, Extent? reach = null,
        int divisor = 1) => new()
        {
            Name = "plain", Sha256 = "00", Source = "test", WeightsFormat = "onnx", BytesPerPixel = 100, Reach = reach,
            Divisor = new Extent(divisor, divisor, divisor),
            Inputs =
        [
            new InputTensor
            {
                Name = "raw", Id = "raw", Axes = axes, Channels = channels,
                Z = axes.Contains('z') ? new AxisSizes(divisor, divisor) : AxisSizes.One, Y = new AxisSizes(divisor, divisor),
                X = new AxisSizes(divisor, divisor),
            },
        ],
            Outputs = [new OutputTensor { Name = "out", Id = "out", Axes = axes, Channels = outputChannels, Reference = "raw" }],
        };

    public static RunNetwork With(this RunNetwork network, Func<InputTensor, InputTensor>? input = null,
        Func<OutputTensor, OutputTensor>? output = null) =>
        network with
        {
            Inputs = [.. network.Inputs.Select(tensor => input?.Invoke(tensor) ?? tensor)],
            Outputs = [.. network.Outputs.Select(tensor => output?.Invoke(tensor) ?? tensor)],
        };

    public static Field[] Same(Field[] inputs) => inputs;

    /// <summary>The mean of a box, with zeros beyond the tensor, as a convolution with padding has.</summary>
    public static Field Blur(Field input, int radiusZ, int radius) => Field.Make(input.C, input.Z, input.Y, input.X, (c, z, y, x) =>
    {
        double sum = 0;
        for (int dz = -radiusZ; dz <= radiusZ; dz++)
            for (int dy = -radius; dy <= radius; dy++)
                for (int dx = -radius; dx <= radius; dx++)
                {
                    int k = z + dz, j = y + dy, i = x + dx;
                    if (k >= 0 && k < input.Z && j >= 0 && j < input.Y && i >= 0 && i < input.X)
                        sum += input[c, k, j, i] * (1 + 0.1 * dx + 0.2 * dy + 0.3 * dz);
                }
        return (float)(sum / ((2 * radius + 1) * (2 * radius + 1) * (2 * radiusZ + 1)));
    });

    /// <summary>The same without padding: the result is smaller by the radius on each side.</summary>
    public static Field ValidBlur(Field input, int radius) =>
        Blur(input, 0, radius).Crop(0, radius, radius, input.Z, input.Y - 2 * radius, input.X - 2 * radius);

    /// <summary>The largest of each block, spread over the block again: pixels depend on where blocks begin.</summary>
    public static Field Pooled(Field input, int block) => Field.Make(input.C, input.Z, input.Y, input.X, (c, z, y, x) =>
    {
        float most = float.NegativeInfinity;
        for (int j = y / block * block; j < y / block * block + block; j++)
            for (int i = x / block * block; i < x / block * block + block; i++)
                most = Math.Max(most, input[c, z, j, i]);
        return most + 0.01f * input[c, z, y, x];
    });

    /// <summary>Each pixel becomes factor x factor values that tell their place.</summary>
    public static Field Enlarged(Field input, int factor) => Field.Make(input.C, input.Z, input.Y * factor, input.X * factor,
        (c, z, y, x) => input[c, z, y / factor, x / factor] + 0.1f * (y % factor) + 0.01f * (x % factor));

    /// <summary>Each block of pixels becomes one value.</summary>
    public static Field Reduced(Field input, int block) => Field.Make(input.C, input.Z, input.Y / block, input.X / block, (c, z, y, x) =>
    {
        double sum = 0;
        for (int j = 0; j < block; j++)
            for (int i = 0; i < block; i++)
                sum += input[c, z, y * block + j, x * block + i] * (1 + 0.1 * j);
        return (float)sum;
    });

    /// <summary>Output channel o is the sum of all channels, each by (o + 1) * (c + 1).</summary>
    public static Field Mixed(Field input, int channels) => Field.Make(channels, input.Z, input.Y, input.X, (o, z, y, x) =>
    {
        double sum = 0;
        for (int c = 0; c < input.C; c++)
            sum += (o + 1) * (c + 1) * input[c, z, y, x];
        return (float)sum;
    });
}
