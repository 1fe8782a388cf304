using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Core.Tensors;
using BioDL.Models;

namespace BioDL.Tests.Objects.StarConvex;

/// <summary>A network that computes in C#: what the road does with its answers is then known exactly.</summary>
internal sealed unsafe class FakeNetwork(string device, Action<Tensor, Tensor, Tensor> run) : INetwork
{
    public string Device => device;

    public string DeviceName => "fake " + device;

    public int Runs { get; private set; }

    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> outputs)
    {
        Runs++;
        run(inputs[0], outputs[0]!, outputs[1]!);
    }

    /// <summary>Nothing is taken, so nothing is given back.</summary>
    public void Trim()
    {
    }

    /// <summary>Each pixel brighter than half is a candidate of radius 4, as probable as it is bright.</summary>
    public static void Bright(Tensor input, Tensor prob, Tensor dist)
    {
        long count = prob.Count;
        new ReadOnlySpan<float>(input.Data, (int)count).CopyTo(new Span<float>(prob.Data, (int)count));
        new Span<float>(dist.Data, (int)dist.Count).Fill(4);
    }

    /// <summary>What the sink knows: 8 rays on a full grid.</summary>
    public static StarDistNetwork Stars { get; } =
        new() { Geometry = new StarGeometry(8, 1, 1), Prob = 0, Dist = 1, ProbThreshold = 0.5, OverlapThreshold = 0.1 };

    /// <summary>What the road knows: a local network.</summary>
    public static RunNetwork Network(int halo = 8)
    {
        static OutputTensor Output(string name, int channels) => new()
        {
            Name = name, Axes = "bcyx", Channels = channels, Reference = "input",
        };
        var sizes = new AxisSizes(32, 8);
        return new RunNetwork
        {
            Name = "fake", Sha256 = "", Source = "test", WeightsFormat = "fake", ChannelByChannel = false,
            Reach = new Extent(0, halo, halo), BytesPerPixel = 100,
            Inputs = [new InputTensor { Name = "input", Axes = "bcyx", Channels = 1, Y = sizes, X = sizes,
                Preprocessing = [new ScaleRange(0, 100, StatisticAxes.Channel, 1e-20)] }],
            Outputs = [Output("prob", 1), Output("dist", Stars.Geometry.Rays)],
        };
    }

    public static SegmentedObjects Segment(IDeviceChain chain, ImageView image, Asked asked, ProgressHandler? progress = null,
        ImageView? labels = null) =>
        StarRun.Run(Network(), Stars, chain, image, (asked.Run ?? new RunOptions(), asked.Stars ?? new StarOptions()), progress,
            new StarImages { Labels = labels });
}

/// <summary>What a test asks for: how to run, how to find objects; what is not said is the default.</summary>
public sealed record Asked(RunOptions? Run = null, StarOptions? Stars = null)
{
    public static implicit operator Asked(RunOptions run) => new(run);

    public static implicit operator Asked(StarOptions stars) => new(null, stars);

    public static implicit operator Asked((RunOptions Run, StarOptions Stars) both) => new(both.Run, both.Stars);
}

internal static class AskedModel
{
    public static SegmentedObjects Segment(this Model model, ImageView image, Asked asked, ProgressHandler? progress = null,
        ImageView? labels = null) =>
        model.Segment(image, asked.Run ?? new RunOptions(), asked.Stars ?? new StarOptions(), progress, new StarImages { Labels = labels });
}

/// <summary>Devices in a row, each with a network or with the error of loading it.</summary>
internal sealed class FakeChain(params (string Device, Func<INetwork> Load)[] devices) : IDeviceChain
{
    private int _at;

    public string Asked => devices[0].Device;

    public string? Warning => null;

    public string Device => devices[_at].Device;

    public INetwork Load() => devices[_at].Load();

    public bool Next() => _at + 1 < devices.Length && ++_at > 0;

    public static FakeChain Of(Action<Tensor, Tensor, Tensor> run) => new(("cpu", () => new FakeNetwork("cpu", run)));
}
