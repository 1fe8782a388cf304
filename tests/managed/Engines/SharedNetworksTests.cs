using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Core.Tensors;
using BioDL.Engines;
using BioDL.Onnx;
using BioDL.Tests.Graphs;

namespace BioDL.Tests.Engines;

public class SharedNetworksTests
{
    private static readonly NetworkFile File = new()
    {
        Source = "tiny.onnx", Read = new TinyOnnx().Bytes, Inputs = ["input"], Outputs = ["prob", "dist"],
        SmallestInputs = [[1, 1, 16, 16]], SmallestOutputs = [[1, 1, 16, 16], [1, 8, 16, 16]], Local = true,
    };

    private static readonly OnnxEngine Engine = new();

    [Fact]
    public void A_network_is_loaded_once_however_many_threads_ask()
    {
        int loads = 0;
        using var networks = new SharedNetworks(Engine,
            File with { Read = () => { Interlocked.Increment(ref loads); return new TinyOnnx().Bytes(); } });
        Parallel.For(0, 16, _ =>
        {
            using SharedNetworks.Use use = networks.Enter();
            Run(use.On(Devices.Cpu));
        });
        Assert.Equal(1, loads);
    }

    [Fact]
    public void A_closed_model_lets_its_last_user_finish_and_takes_no_new_one()
    {
        var networks = new SharedNetworks(Engine, File);
        using SharedNetworks.Use use = networks.Enter();
        networks.Dispose();
        networks.Dispose();
        Run(use.On(Devices.Cpu));
        Assert.Equal(Status.InvalidHandle, Assert.Throws<BioDLException>(networks.Enter).Status);
    }

    [Fact]
    public void Memory_given_back_does_not_harm_later_runs()
    {
        using var networks = new SharedNetworks(Engine, File);
        using (SharedNetworks.Use use = networks.Enter())
            Run(use.On(Devices.Cpu));
        networks.Trim();
        using SharedNetworks.Use later = networks.Enter();
        Run(later.On(Devices.Cpu));
    }

    /// <summary>A tile that would take half a minute; the next one after it is whole.</summary>
    [Fact]
    public unsafe void A_run_is_left_in_the_middle_of_a_tile_by_a_cancel_or_a_host_that_fails()
    {
        var maker = new NetworkMaker();
        string last = maker.Input("x", NetworkMaker.Float, 1, 1, null, null);
        for (int from = 1; from < 200; from++)
        {
            string weights = maker.Weights(from == 1 ? [64, 1, 5, 5] : [64, 64, 5, 5]);
            last = maker.Node("Conv", [last, weights], ("pads", new long[] { 2, 2, 2, 2 }));
            last = maker.Node("Relu", [last]);
        }
        maker.Add("ReduceMax", [last], [maker.Output("y")], "", ("axes", new long[] { 1 }), ("keepdims", 1L));
        byte[] onnx = maker.Bytes();
        using var network = new OnnxNetwork(
            File with
            {
                Read = () => onnx,
                Inputs = ["x"],
                Outputs = ["y"],
                SmallestInputs = [[1, 1, 8, 8]],
                SmallestOutputs = [[1, 1, 8, 8]],
            }, Devices.Cpu);
        using Tensor x = new(), y = new();
        x.Reshape(1, 1, 512, 512);
        y.Reshape(1, 1, 512, 512);
        new Span<float>(x.Data, 1 << 18).Clear();
        int thread = Environment.CurrentManagedThreadId, asked = 0;
        Assert.Equal(Status.Cancelled, Assert.Throws<BioDLException>(() => network.Run([x], [y], () =>
        {
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            return ++asked == 3;
        })).Status);
        Assert.Equal(3, asked);
        Assert.Equal("of the host", Assert.Throws<ArithmeticException>(() =>
            network.Run([x], [y], () => throw new ArithmeticException("of the host"))).Message);
        x.Reshape(1, 1, 8, 8);
        y.Reshape(1, 1, 8, 8);
        network.Run([x], [y], () => false);
    }

    [Fact]
    public unsafe void Outputs_that_are_not_asked_for_leave_the_others_as_they_are()
    {
        using var network = new OnnxNetwork(File, Devices.Cpu);
        using Tensor x = new(), p = new(), d = new(), alone = new();
        x.Reshape(1, 1, 16, 16);
        p.Reshape(1, 1, 16, 16);
        d.Reshape(1, 8, 16, 16);
        alone.Reshape(1, 8, 16, 16);
        for (int i = 0; i < 256; i++)
            x.Data[i] = i / 256f;
        network.Run([x], [p, d]);
        network.Run([x], [null, alone]);
        Assert.Equal(new ReadOnlySpan<float>(d.Data, 8 * 256), new ReadOnlySpan<float>(alone.Data, 8 * 256));
        float[] probable = new ReadOnlySpan<float>(p.Data, 256).ToArray();
        new Span<float>(p.Data, 256).Clear();
        network.Run([x], [p]);
        Assert.Equal(probable, new ReadOnlySpan<float>(p.Data, 256).ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public unsafe void Memory_of_a_large_run_is_given_back_when_the_model_rests(bool local)
    {
        if (!OperatingSystem.IsLinux())
            return;
        byte[] onnx = System.IO.File.ReadAllBytes(Path.Combine(Repository.Root,
            "managed/BioDL.Models/builtin/nuclei-fluo-small/weights.onnx"));
        using var networks = new SharedNetworks(Engine,
            File with
            {
                SmallestInputs = [[1, 1, 64, 64]],
                SmallestOutputs = [[1, 1, 32, 32], [1, 32, 32, 32]],
                Local = local,
                Read = () => onnx
            });
        using Tensor x = new(), p = new(), d = new();
        x.Reshape(1, 1, 1024, 1024);
        p.Reshape(1, 1, 512, 512);
        d.Reshape(1, 32, 512, 512);
        new Span<float>(x.Data, 1 << 20).Fill(0.5f);
        using (SharedNetworks.Use use = networks.Enter())
            use.On(Devices.Cpu).Run([x], [p, d]);
        long held = Resident();
        networks.Trim();
        // The run takes 140 MB; other tests that run at this time blur the figure.
        Assert.InRange(held - Resident(), 60 << 20, long.MaxValue);
    }

    private static long Resident() => long.Parse(System.IO.File.ReadAllText("/proc/self/statm").Split(' ')[1]) * Environment.SystemPageSize;

    [Fact]
    public void A_network_that_cannot_be_loaded_says_so_as_a_network_error()
    {
        using var networks = new SharedNetworks(Engine, File with { Read = () => [1, 2, 3] });
        using SharedNetworks.Use use = networks.Enter();
        Assert.ThrowsAny<NetworkException>(() => use.On(Devices.Cpu));
    }

    /// <summary>The bias is the distance everywhere, and sizes may change from run to run.</summary>
    private static unsafe void Run(INetwork network)
    {
        using Tensor x = new(), p = new(), d = new();
        foreach (int side in (int[])[16, 48, 16])
        {
            x.Reshape(1, 1, side, side);
            p.Reshape(1, 1, side, side);
            d.Reshape(1, 8, side, side);
            new Span<float>(x.Data, side * side).Fill(1);
            network.Run([x], [p, d]);
            Assert.Equal(6f, d.Data[d.Count - 1]);
            Assert.Equal(1 / (1 + MathF.Exp(-1)), p.Data[side * (side / 2) + side / 2], 1e-5f);
        }
    }
}
