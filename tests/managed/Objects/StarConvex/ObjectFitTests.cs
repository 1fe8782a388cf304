using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;

namespace BioDL.Tests.Objects.StarConvex;

/// <summary>Objects of other sizes than those that a model was made for are told, at whichever scale the network saw them.</summary>
public class ObjectFitTests
{
    [Theory]
    [InlineData(4, 20, null, false)]    // stars of 8 rays of 4 pixels are some 7.6 pixels across
    [InlineData(20, 60, null, true)]
    [InlineData(1, 5, null, true)]
    [InlineData(4, 20, 0.5, false)]
    [InlineData(20, 60, 0.5, true)]
    public void The_median_diameter_is_compared_in_the_networks_pixels(double low, double high, double? scale, bool told)
    {
        using Specimen<ushort> image = Specimens.Nuclei(110, 130);
        RunNetwork network = FakeNetwork.Network() with { Name = "Nuclei", MadeFor = new MadeFor { Diameters = new SizeRange(low, high) } };
        SegmentedObjects found = StarRun.Run(network, FakeNetwork.Stars, FakeChain.Of(FakeNetwork.Bright), image.View,
            (new RunOptions { Scale = scale }, new StarOptions()));
        Assert.True(found.Objects.Length >= 5, $"{found.Objects.Length} objects");
        Assert.Equal(told, found.Account.Warnings.Any(warning => warning.Contains("Half of the objects", StringComparison.Ordinal)));
        if (scale is { } factor)
            Assert.All(found.Objects, star => Assert.Equal(45.25 / (factor * factor), star.Area, 45.25));
    }
}
