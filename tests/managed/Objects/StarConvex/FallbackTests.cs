using BioDL.Engines;
using BioDL.Models.Runtime;
using BioDL.Core;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Running;
using BioDL.Core.Tensors;
using BioDL.Models;

namespace BioDL.Tests.Objects.StarConvex;

public class FallbackTests
{
    private static readonly SegmentOptions Options = new() { Tile = 128, Device = "cuda:0" };

    [Fact]
    public void A_card_that_cannot_load_leaves_the_work_to_the_cpu()
    {
        using Specimen<ushort> image = Specimens.Nuclei(100, 100);
        var chain = new FakeChain(("cuda:0", () => throw new NetworkException("no driver")), ("cpu", () => new FakeNetwork("cpu", FakeNetwork.Bright)));
        SegmentResult result = Segmenter.Run(FakeNetwork.Model(), chain, image.View, Options);
        Assert.Equal(("cpu", true), (result.Device, result.FellBack));
        Assert.Contains("no driver", Assert.Single(result.Warnings));
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
        var chain = new FakeChain(("cuda:0", () => new FakeNetwork("cuda:0", Failing)), ("cpu", () => new FakeNetwork("cpu", FakeNetwork.Bright)));
        SegmentResult result = Segmenter.Run(FakeNetwork.Model(), chain, image.View, Options);
        SegmentResult expected = Segmenter.Run(FakeNetwork.Model(), FakeChain.Of(FakeNetwork.Bright), image.View, Options);
        Assert.Equal(expected.Objects, result.Objects);
        Assert.Equal(expected.Vertices, result.Vertices);
        Assert.Equal("cpu", result.Device);
        Assert.Contains("unplugged", Assert.Single(result.Warnings));
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
        SegmentResult result = Segmenter.Run(FakeNetwork.Model(), new FakeChain(("cuda:0", () => new FakeNetwork("cuda:0", Small))), image.View, Options with { Tile = 256 });
        SegmentResult expected = Segmenter.Run(FakeNetwork.Model(), FakeChain.Of(FakeNetwork.Bright), image.View, Options with { Tile = 256 });
        Assert.Equal(("cuda:0", false), (result.Device, result.FellBack));
        Assert.InRange(result.TileHeight, 32, 100);
        Assert.All(result.Warnings, warning => Assert.Contains("memory", warning));
        Assert.NotEmpty(result.Warnings);
        Assert.Equal(expected.Objects, result.Objects);
    }

    [Fact]
    public void When_no_device_is_left_the_error_says_why()
    {
        using Specimen<ushort> image = Specimens.Nuclei(64, 64);
        FakeChain Failing(Exception error) => FakeChain.Of((_, _, _) => throw error);
        var memory = Assert.Throws<BioDLException>(() => Segmenter.Run(FakeNetwork.Model(), Failing(new NetworkMemoryException("too little")), image.View, Options));
        Assert.Equal(Status.OutOfMemory, memory.Status);
        var broken = Assert.Throws<BioDLException>(() => Segmenter.Run(FakeNetwork.Model(), Failing(new NetworkException("bad operator")), image.View, Options));
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
        SegmentResult result = model.Segment(image.View, new SegmentOptions { Device = "cuda:0" });
        Assert.Equal(("cpu", true), (result.Device, result.FellBack));
        Assert.Contains("cuda:0", Assert.Single(result.Warnings));
        Assert.Equal(Status.DeviceUnavailable, Assert.Throws<BioDLException>(() => model.Segment(image.View, new SegmentOptions { Device = "cuda:9" })).Status);
    }
}
