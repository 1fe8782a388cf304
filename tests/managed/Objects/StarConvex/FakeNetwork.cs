using BioDL.Core.Normalization;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Running;
using BioDL.Core.Tensors;
using BioDL.Core.Tiles;

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

    /// <summary>A local network of 8 rays on a full grid.</summary>
    public static StarDistNetwork Model(int halo = 8) => new()
    {
        Name = "fake", Sha256 = "", Source = "test", Geometry = new StarGeometry(8, 1, 1), Channels = 1, JointChannels = true,
        Percentiles = new PercentilePair(0, 100), ProbThreshold = 0.5, OverlapThreshold = 0.1,
        Tiles = new TileRules { MinY = 32, MinX = 32, StepY = 8, StepX = 8, HaloY = halo, HaloX = halo, BytesPerPixel = 100 },
    };
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
