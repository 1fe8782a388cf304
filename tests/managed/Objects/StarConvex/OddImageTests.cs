using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;
using BioDL.Models;

namespace BioDL.Tests.Objects.StarConvex;

/// <summary>Images that a user has: none of them is an error.</summary>
public sealed class OddImageTests : IDisposable
{
    private readonly Model _model = Model.Open(null);

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(300, 1)]
    [InlineData(7, 13)]
    public void Tiny_images_give_a_result(int height, int width)
    {
        using Specimen<ushort> image = new(PixelType.UInt16, height, width), labels = new(PixelType.UInt16, height, width);
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = (ushort)(100 + 37 * i % 91);
        labels.Pixels.Fill(5);
        SegmentedObjects result = _model.Segment(image.View, new(), null, labels.View);
        Assert.All(labels.Pixels.ToArray(), label => Assert.InRange(label, 0, result.Objects.Length));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void A_constant_image_has_no_objects(int value)
    {
        using Specimen<ushort> image = new(PixelType.UInt16, 130, 170), labels = new(PixelType.UInt16, 130, 170);
        image.Pixels.Fill((ushort)value);
        labels.Pixels.Fill(9);
        SegmentedObjects result = _model.Segment(image.View, new(), null, labels.View);
        Assert.Empty(result.Objects);
        Assert.Equal(-1, labels.Pixels.IndexOfAnyExcept((ushort)0));
        Assert.Contains("constant", Assert.Single(result.Account.Warnings));
    }

    [Fact]
    public void A_black_frame_in_a_series_leaves_the_others_as_they_are()
    {
        using Specimen<ushort> series = Specimens.Nuclei(160, 160, frames: 3), one = Specimens.Nuclei(160, 160, seed: 3);
        series.Plane(1).Clear();
        SegmentedObjects result = _model.Segment(series.View, new()), alone = _model.Segment(one.View, new());
        Assert.DoesNotContain(result.Objects, found => found.Frame == 1);
        Assert.Contains(result.Objects, found => found.Frame == 0);
        Assert.Equal(alone.Objects.Select(found => (found.Label, found.CenterY, found.CenterX, found.Probability)),
            result.Objects.Where(found => found.Frame == 2)
                .Select(found => (found.Label, found.CenterY, found.CenterX, found.Probability)));
        Assert.Contains("Frame 2", Assert.Single(result.Account.Warnings));
    }

    [Fact]
    public void Nan_and_infinite_pixels_are_left_out_with_a_warning()
    {
        using Specimen<ushort> source = Specimens.Nuclei(160, 160);
        using Specimen<float> image = new(PixelType.Float32, 160, 160);
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = source.Pixels[i];
        SegmentedObjects clean = _model.Segment(image.View, new());
        image.Pixels[0] = float.NaN;
        image.Pixels[100] = float.PositiveInfinity;
        image.Pixels[200] = float.NegativeInfinity;
        SegmentedObjects spoilt = _model.Segment(image.View, new());
        Assert.Equal(clean.Objects.Length, spoilt.Objects.Length);
        Assert.All(spoilt.Vertices, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void An_image_without_a_finite_pixel_has_no_objects_and_a_warning()
    {
        using Specimen<float> image = new(PixelType.Float32, 100, 100);
        image.Pixels.Fill(float.NaN);
        SegmentedObjects result = _model.Segment(image.View, new());
        Assert.Empty(result.Objects);
        Assert.Contains("finite", Assert.Single(result.Account.Warnings));
        Assert.Contains("\"low\":", result.Account.Provenance);
    }

    [Fact]
    public void Pixels_normalised_already_are_taken_as_they_are()
    {
        using Specimen<ushort> source = Specimens.Nuclei(160, 160);
        SegmentedObjects expected = _model.Segment(source.View, new());
        using System.Text.Json.JsonDocument provenance = System.Text.Json.JsonDocument.Parse(expected.Account.Provenance);
        System.Text.Json.JsonElement plane = provenance.RootElement.GetProperty("statistics")[0];
        float low = plane.GetProperty("low").GetSingle(), range = plane.GetProperty("high").GetSingle() - low;
        using Specimen<float> image = new(PixelType.Float32, 160, 160);
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = (source.Pixels[i] - low) / range;
        SegmentedObjects result = _model.Segment(image.View, new RunOptions { Normalize = false });
        Assert.Equal(expected.Objects, result.Objects);
        Assert.Contains("\"normalize\":false", result.Account.Provenance);
        Assert.Contains("\"statistics\":[]", result.Account.Provenance);
    }

    [Fact]
    public void Packed_rgb_of_equal_colours_is_the_grey_image()
    {
        using Specimen<ushort> source = Specimens.Nuclei(120, 120);
        using Specimen<byte> grey = new(PixelType.UInt8, 120, 120);
        using Specimen<uint> rgb = new(PixelType.Argb32, 120, 120);
        for (int i = 0; i < grey.Pixels.Length; i++)
        {
            grey.Pixels[i] = (byte)(source.Pixels[i] / 10);
            rgb.Pixels[i] = 0xff000000u | grey.Pixels[i] * 0x010101u;
        }
        Assert.Equal(_model.Segment(grey.View, new()).Objects, _model.Segment(rgb.View, new()).Objects);
    }
}
