using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Road;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Tests.Objects.StarConvex;

namespace BioDL.Tests.Road;

/// <summary>What happens on the way: progress, cancelling, devices that fail, memory.</summary>
public unsafe class RunTests
{
    private static readonly RunNetwork Network = PlainNetworks.Describe(reach: new Extent(0, 2, 2))
        .With(input: tensor => tensor with { Preprocessing = [new ScaleRange(1, 99, StatisticAxes.Plane, 1e-6)] });

    private static Field[] Blur(Field[] f) => [PlainNetworks.Blur(f[0], 0, 2)];

    [Fact]
    public void Progress_rises_on_the_callers_thread_and_knows_the_time_left()
    {
        using Picture image = Picture.Random(PixelType.UInt16, (2, 2, 2, 70, 60)), result = new(PixelType.UInt16, (2, 2, 2, 70, 60));
        var planes = new WatchedPlanes(image.View.Planes);
        var results = new WatchedPlanes(result.View.Planes);
        int thread = Environment.CurrentManagedThreadId;
        var seen = new List<Progress>();
        bool Report(in Progress progress)
        {
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            Assert.Equal(0, planes.Held + results.Held);
            seen.Add(progress);
            return true;
        }
        var plain = new PlainNetwork(Network, Blur) { Before = _ => Assert.Equal(0, planes.Held + results.Held) };
        RunResult run = ImageRun.Run(Network, plain.Chain(), [image.View with { Planes = planes }], new RunOptions { Tile = 32 }, Report,
            [result.View with { Planes = results }]);
        Assert.True(seen.Count >= run.Account.Tiles);
        Assert.Equal(seen.Select(progress => progress.Fraction).Order(), seen.Select(progress => progress.Fraction));
        Assert.All(seen, progress => Assert.InRange(progress.Done, 0, progress.Total));
        Assert.Equal((run.Account.Tiles, run.Account.Tiles, 1.0), (seen[^1].Done, seen[^1].Total, seen[^1].Fraction));
        Assert.Equal([Stage.Prepare, Stage.Statistics, Stage.Network, Stage.Render],
            seen.Select(progress => progress.Stage).Distinct().Order());
        Assert.Equal(0, seen.First(progress => progress.Stage == Stage.Network).Done);
        Assert.All(seen.Where(progress => progress.Done == 0), progress => Assert.True(progress.SecondsLeft < 0));
        Assert.All(seen.Where(progress => progress.Done > 2 && progress.Done < progress.Total),
            progress => Assert.True(progress.SecondsLeft > 0));
        Assert.Contains(seen, progress => progress is { Frame: 1, Slice: 1 });
    }

    [Fact]
    public void The_time_left_is_that_of_the_tiles_to_come_without_the_first_one()
    {
        double now = 100;
        var left = new TimeLeft(() => now);
        Assert.True(left.Seconds(0, 10, Stage.Prepare) < 0);
        Assert.True(left.Seconds(0, 10, Stage.Statistics) < 0);
        now += 9;
        Assert.Equal(81, left.Seconds(1, 10, Stage.Network), 6);
        now += 2;
        Assert.Equal(16, left.Seconds(2, 10, Stage.Network), 6);
        now += 2;
        Assert.Equal(14, left.Seconds(3, 10, Stage.Network), 6);
        Assert.True(left.Seconds(3, 40, Stage.Network) < 0);
        now += 1;
        Assert.Equal(36, left.Seconds(4, 40, Stage.Network), 6);
        now += 1;
        Assert.Equal(0, left.Seconds(40, 40, Stage.Render), 6);
    }

    [Theory]
    [InlineData(Stage.Prepare)]
    [InlineData(Stage.Statistics)]
    [InlineData(Stage.Network)]
    [InlineData(Stage.Render)]
    public void Cancelling_in_any_stage_ends_the_call(Stage stage)
    {
        using Picture image = Picture.Random(PixelType.UInt16, (2, 1, 1, 70, 60)), result = new(PixelType.UInt16, (2, 1, 1, 70, 60));
        var planes = new WatchedPlanes(image.View.Planes);
        bool cancelled = false;
        bool Report(in Progress progress)
        {
            Assert.False(cancelled, "asked again after it was cancelled");
            cancelled = progress.Stage == stage;
            return !cancelled;
        }
        var error = Assert.Throws<BioDLException>(() => ImageRun.Run(Network, new PlainNetwork(Network, Blur).Chain(),
            [image.View with { Planes = planes }],
            new RunOptions { Tile = 32 }, Report, [result.View]));
        Assert.Equal((Status.Cancelled, true, 0), (error.Status, cancelled, planes.Held));
    }

    [Fact]
    public void A_host_that_loses_its_image_gets_its_own_error_back_and_no_lock_stays()
    {
        using Picture image = Picture.Random(PixelType.UInt16, (2, 1, 1, 70, 60)), result = new(PixelType.UInt16, (2, 1, 1, 70, 60));
        for (int fail = 0; fail < 8; fail++)
        {
            WatchedPlanes planes = new(image.View.Planes) { FailAfter = fail }, results = new(result.View.Planes) { FailAfter = fail };
            var plain = new PlainNetwork(Network, Blur);
            Assert.Equal(Status.Host, Assert.Throws<BioDLException>(() => ImageRun.Run(Network, plain.Chain(),
                [image.View with { Planes = planes }], new RunOptions { Tile = 32 }, null, [result.View])).Status);
            Assert.Equal(Status.Host, Assert.Throws<BioDLException>(() => ImageRun.Run(Network, plain.Chain(), [image.View],
                new RunOptions { Tile = 32 }, null, [result.View with { Planes = results }])).Status);
            Assert.Equal((0, 0), (planes.Held, results.Held));
        }
    }

    [Fact]
    public void A_card_short_of_memory_gets_smaller_tiles_and_counts_nothing_twice()
    {
        using Picture image = Picture.Random(PixelType.Float32, (3, 1, 1, 70, 60)), result = new(PixelType.UInt8, (3, 1, 1, 70, 60)),
        expected = new(PixelType.UInt8, (3, 1, 1, 70, 60));
        RunNetwork raw = Network.With(input: tensor => tensor with { Preprocessing = [] });
        int runs = 0;
        var small = new PlainNetwork(raw, Blur, "cuda:0")
        {
            Before = shape =>
            {
                // The first frame passes; in the second the memory is gone.
                if (++runs > 5 && shape[2] > 24)
                    throw new NetworkMemoryException("out of memory");
            },
        };
        RunResult run = ImageRun.Run(raw, small.Chain(), [image.View], new RunOptions { Tile = 48, Device = "cuda:0" },
            null, [result.View]);
        RunResult plain = ImageRun.Run(raw, new PlainNetwork(raw, Blur).Chain(), [image.View], new RunOptions { Tile = 48 },
            null, [expected.View]);
        Assert.Equal(("cuda:0", false), (run.Account.Device, run.Account.FellBack));
        Assert.True(run.Account.Tile.Y <= 24);
        Assert.All(run.Account.Warnings, warning => Assert.Contains("memory", warning));
        Assert.NotEmpty(run.Account.Warnings);
        Assert.True(plain.Clipped[0] > 100);
        Assert.Equal(plain.Clipped, run.Clipped);
        Assert.True(expected.Bytes.SequenceEqual(result.Bytes));
    }

    [Fact]
    public void A_card_that_fails_leaves_the_rest_to_the_cpu()
    {
        using Picture image = Picture.Random(PixelType.UInt16, (2, 1, 1, 70, 60)), result = new(PixelType.Float32, (2, 1, 1, 70, 60)),
        expected = new(PixelType.Float32, (2, 1, 1, 70, 60));
        int runs = 0;
        var card = new PlainNetwork(Network, Blur, "cuda:0")
        {
            Before = _ => { if (++runs == 7) throw new NetworkException("the card was unplugged"); },
        };
        var chain = new FakeChain(("cuda:0", () => card), ("cpu", () => new PlainNetwork(Network, Blur)));
        RunResult run = ImageRun.Run(Network, chain, [image.View], new RunOptions { Tile = 32 }, null, [result.View]);
        ImageRun.Run(Network, new PlainNetwork(Network, Blur).Chain(), [image.View], new RunOptions { Tile = 32 }, null, [expected.View]);
        Assert.Equal(("cpu", true), (run.Account.Device, run.Account.FellBack));
        Assert.Contains("unplugged", Assert.Single(run.Account.Warnings));
        Assert.True(expected.Bytes.SequenceEqual(result.Bytes));
        Assert.Contains("\"asked\":\"cuda:0\",\"used\":\"cpu\"", run.Account.Provenance);
        var last = Assert.Throws<BioDLException>(() => ImageRun.Run(Network,
            new FakeChain(("cpu", () => throw new NetworkException("bad operator"))), [image.View], new(), null, [result.View]));
        Assert.Equal(Status.ModelInvalid, last.Status);
        Assert.Contains("bad operator", last.Message);
    }

    [Fact]
    public void An_output_that_nobody_wants_is_not_written_and_does_not_limit_tiles()
    {
        RunNetwork network = Network with
        {
            Outputs = [Network.Outputs[0],
            Network.Outputs[0] with { Name = "class", Axes = "bc", Channels = 2 }]
        };
        using Picture image = Picture.Random(PixelType.UInt16, (1, 1, 1, 70, 60)), result = new(PixelType.Float32, (1, 1, 1, 70, 60)),
            table = new(PixelType.Float32, (1, 1, 2, 1, 1));
        Field[] Two(Field[] f) => [PlainNetworks.Blur(f[0], 0, 2), new Field(2, 1, 1, 1)];
        RunResult cut = ImageRun.Run(network, new PlainNetwork(network, Two).Chain(), [image.View], new RunOptions { Tile = 32 }, null,
            [result.View, null]);
        RunResult whole = ImageRun.Run(network, new PlainNetwork(network, Two).Chain(), [image.View], new RunOptions { Tile = 32 }, null,
            [null, table.View]);
        Assert.True(cut.Account.Tiles > 4);
        Assert.Equal(1, whole.Account.Tiles);
    }

    [Fact]
    public void A_network_that_mixes_whole_tiles_warns_when_there_are_several()
    {
        RunNetwork network = Network with { GlobalOperators = ["GroupNormalization"] };
        using Picture image = Picture.Random(PixelType.UInt16, (1, 1, 1, 70, 60));
        Assert.Contains(PixelRoad.Plan(network, [image.View], new RunOptions { Tile = 32 }).Warnings,
            warning => warning.Contains("GroupNormalization"));
        Assert.Empty(PixelRoad.Plan(network, [image.View], new RunOptions()).Warnings);
        RunNetwork blind = Network with { Reach = null };
        Assert.Contains(PixelRoad.Plan(blind, [image.View], new RunOptions { Tile = 32 }).Warnings, warning => warning.Contains("seams"));
    }

    [Fact]
    public void Memory_grows_with_the_tile_and_not_with_the_image()
    {
        // 4 frames of 4096 x 4096 pixels, 134 MB in and as much out, all of them the same 32 MB of memory.
        const int Side = 4096, Frames = 4;
        RunNetwork network = PlainNetworks.Describe(reach: new Extent(0, 16, 16)) with { BytesPerPixel = 8 };
        ushort* memory = (ushort*)System.Runtime.InteropServices.NativeMemory.AllocZeroed(2 * Side * Side);
        try
        {
            ImageView view = ImageView.Contiguous(memory, PixelType.UInt16, Side, Side) with
            {
                Frames = Frames,
                Planes = new FixedPlanes((byte*)memory, 1, 1, 0, 0, 0),
            };
            var copy = new CopyingNetwork();
            long tensors = 0;
            copy.After = bytes => tensors = Math.Max(tensors, bytes);
            long before = GC.GetAllocatedBytesForCurrentThread();
            RunResult run = ImageRun.Run(network, new FakeChain(("cpu", () => copy)), [view], new RunOptions { MemoryLimit = 4 << 20 },
                null, [view]);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(run.Account.Tiles > 20L * Frames);
            Assert.True(tensors <= 4 << 20, $"tensors take {tensors} bytes");
            Assert.True(allocated / run.Account.Tiles < 8 << 10, $"{allocated} managed bytes for {run.Account.Tiles} tiles");
            Assert.True(run.Account.BytesRead < 1.5 * 2 * Side * Side * Frames && run.Account.BytesWritten == 2L * Side * Side * Frames);
        }
        finally
        {
            System.Runtime.InteropServices.NativeMemory.Free(memory);
        }
    }

    private sealed class CopyingNetwork : INetwork
    {
        public Action<long>? After { get; set; }

        public string Device => "cpu";

        public string DeviceName => "copy";

        public void Run(ReadOnlySpan<Core.Tensors.Tensor> inputs, ReadOnlySpan<Core.Tensors.Tensor?> outputs)
        {
            long bytes = inputs[0].Count * sizeof(float);
            Buffer.MemoryCopy(inputs[0].Data, outputs[0]!.Data, bytes, bytes);
            After!(sizeof(float) * (inputs[0].Count + outputs[0]!.Count));
        }

        public void Trim()
        {
        }
    }

    private sealed class WatchedPlanes(IPlanes planes) : IPlanes
    {
        private int _locks;

        public int Held { get; private set; }

        public int FailAfter { get; init; } = int.MaxValue;

        public byte* Lock(long plane)
        {
            if (++_locks > FailAfter)
                throw new BioDLException(Status.Host, "the image was closed");
            Held++;
            return planes.Lock(plane);
        }

        public void Unlock(long plane, byte* start, bool written)
        {
            Held--;
            planes.Unlock(plane, start, written);
        }
    }
}
