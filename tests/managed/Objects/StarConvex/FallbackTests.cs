using BioDL.Core;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Core.Tensors;
using BioDL.Engines;
using BioDL.Models;
using BioDL.Models.Runtime;

namespace BioDL.Tests.Objects.StarConvex;

public class FallbackTests
{
    private static readonly RunOptions Options = new() { Tile = 128, Device = "cuda:0" };

    [Fact]
    public void A_card_that_cannot_load_leaves_the_work_to_the_cpu()
    {
        using Specimen<ushort> image = Specimens.Nuclei(100, 100);
        var chain = new FakeChain(("cuda:0", () => throw new NetworkException("no driver")),
            ("cpu", () => new FakeNetwork("cpu", FakeNetwork.Bright)));
        SegmentedObjects result = FakeNetwork.Segment(chain, image.View, Options);
        Assert.Equal(("cpu", true), (result.Account.Device, result.Account.FellBack));
        Assert.Contains("no driver", Assert.Single(result.Account.Warnings));
        Assert.NotEmpty(result.Objects);
    }

    [Fact]
    public void A_card_that_fails_on_the_way_loses_and_doubles_nothing()
    {
        using Specimen<ushort> image = Specimens.Nuclei(300, 300, frames: 2);
        int runs = 0;
        void Failing(Tensor input, Tensor prob, Tensor dist)
        {
            if (++runs == 12)
                throw new NetworkException("the card was unplugged");
            FakeNetwork.Bright(input, prob, dist);
        }
        var chain = new FakeChain(("cuda:0", () => new FakeNetwork("cuda:0", Failing)),
            ("cpu", () => new FakeNetwork("cpu", FakeNetwork.Bright)));
        SegmentedObjects result = FakeNetwork.Segment(chain, image.View, Options);
        SegmentedObjects expected = FakeNetwork.Segment(FakeChain.Of(FakeNetwork.Bright), image.View, Options);
        Assert.Equal(expected.Objects, result.Objects);
        Assert.Equal(expected.Vertices, result.Vertices);
        Assert.Equal("cpu", result.Account.Device);
        Assert.Contains("unplugged", Assert.Single(result.Account.Warnings));
    }

    [Fact]
    public void A_card_short_of_memory_gets_smaller_tiles_and_stays()
    {
        using Specimen<ushort> image = Specimens.Nuclei(300, 300);
        static void Small(Tensor input, Tensor prob, Tensor dist)
        {
            if (input.Shape[2] > 100)
                throw new NetworkMemoryException("out of memory");
            FakeNetwork.Bright(input, prob, dist);
        }
        SegmentedObjects result = FakeNetwork.Segment(new FakeChain(("cuda:0", () => new FakeNetwork("cuda:0", Small))), image.View,
            Options with { Tile = 256 });
        SegmentedObjects expected = FakeNetwork.Segment(FakeChain.Of(FakeNetwork.Bright), image.View, Options with { Tile = 256 });
        Assert.Equal(("cuda:0", false), (result.Account.Device, result.Account.FellBack));
        Assert.InRange(result.Account.Tile.Y, 32, 100);
        Assert.All(result.Account.Warnings, warning => Assert.Contains("memory", warning));
        Assert.NotEmpty(result.Account.Warnings);
        Assert.Equal(expected.Objects, result.Objects);
    }

    [Fact]
    public void When_no_device_is_left_the_error_says_why()
    {
        using Specimen<ushort> image = Specimens.Nuclei(64, 64);
        FakeChain Failing(Exception error) => FakeChain.Of((_, _, _) => throw error);
        var memory = Assert.Throws<BioDLException>(() => FakeNetwork.Segment(Failing(new NetworkMemoryException("too little")),
            image.View, Options));
        Assert.Equal(Status.OutOfMemory, memory.Status);
        var broken = Assert.Throws<BioDLException>(() => FakeNetwork.Segment(Failing(new NetworkException("bad operator")),
            image.View, Options));
        Assert.Equal(Status.ModelInvalid, broken.Status);
        Assert.Contains("bad operator", broken.Message);
    }

    [Fact]
    public void Asking_for_a_card_that_is_not_there_warns_and_uses_the_cpu()
    {
        if (InstalledEngines.Devices.Any(device => device.Kind == DeviceKind.Cuda && device.Available))
            return;
        using Model model = Model.Open(null);
        using Specimen<ushort> image = Specimens.Nuclei(64, 64);
        SegmentedObjects result = model.Segment(image.View, new RunOptions { Device = "cuda:0" });
        Assert.Equal(("cpu", true), (result.Account.Device, result.Account.FellBack));
        Assert.Contains("cuda:0", Assert.Single(result.Account.Warnings));
        Assert.Equal(Status.DeviceUnavailable,
            Assert.Throws<BioDLException>(() => model.Segment(image.View, new RunOptions { Device = "cuda:9" })).Status);
    }
}
