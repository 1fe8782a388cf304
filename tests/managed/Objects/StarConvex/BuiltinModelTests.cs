using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;
using BioDL.Models;

namespace BioDL.Tests.Objects.StarConvex;

public class BuiltinModelTests
{
    [Fact]
    public void Finds_nuclei_and_paints_them()
    {
        using Model model = Model.Open(null);
        using Specimen<ushort> image = Specimens.Nuclei(300, 420), labels = new(Core.Images.PixelType.UInt16, 300, 420);
        SegmentedObjects result = model.Segment(image.View, new RunOptions { Device = "cpu" }, null, labels.View);
        Assert.InRange(result.Objects.Length, 30, 60);
        Assert.Equal("cpu", result.Account.Device);
        Assert.False(result.Account.FellBack);
        Assert.Empty(result.Account.Warnings);
        var painted = new HashSet<ushort>(labels.Pixels.ToArray());
        Assert.All(result.Objects, found => Assert.Contains((ushort)found.Label, painted));
        Assert.Contains("\"sha256\"", result.Account.Provenance);
    }
}
