using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using Xunit.Abstractions;

namespace BioDL.Conformance.StarDist;

/// <summary>Label images against those painted by the reference (skimage.draw.polygon).</summary>
public unsafe class LabelTests(ITestOutputHelper output)
{
    [SkippableTheory]
    [InlineData("network-0")]
    [InlineData("network-1")]
    [InlineData("network-2")]
    [InlineData("network-3")]
    [InlineData("synthetic-500")]
    [InlineData("random-dense")]
    public void OfficialSurvivorsArePaintedAlike(string name)
    {
        StarDistCase official = StarDistCase.Open(name);
        (int height, int width) = (official.LabelShape[0], official.LabelShape[1]);
        var builder = new ObjectBuilder(official.Candidates.Rays, height, width, LabelScope.PerPlane);
        builder.AddPlane(official.Candidates, official.Survivors[1], 0, 0);
        (SegmentedObject[] objects, float[] vertices) = builder.Build();
        ushort[] labels = new ushort[official.Labels.Length];
        fixed (ushort* pixels = labels)
            LabelPainter.Paint(Results.Of(objects, vertices, official.Candidates.Rays, height, width),
                ImageView.Contiguous(pixels, PixelType.UInt16, height, width));
        int differ = labels.Zip(official.Labels).Count(pair => pair.First != pair.Second);
        output.WriteLine($"{name}: {objects.Length} objects, {differ} of {labels.Length} pixels differ");
        Assert.Equal(0, differ);
    }
}
