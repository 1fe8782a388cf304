using System.Globalization;
using System.Text.Json;
using BioDL.Cli.Tiff;
using BioDL.Core.Images;
using static BioDL.Tests.Cli.CliRun;

namespace BioDL.Tests.Cli;

/// <summary>--region and --mask, at every verb: what is computed, and that statistics stay those of the whole plane.</summary>
public sealed class PartTests
{
    public static TheoryData<string> ImageVerbs() => [.. VerbScene.Verbs.Where(verb => verb != "segment")];

    public static TheoryData<string> Verbs() => [.. VerbScene.Verbs];

    [Theory, MemberData(nameof(ImageVerbs))]
    public void A_region_of_the_result_is_the_result_of_the_region(string verb)
    {
        using var scene = new VerbScene(verb);
        string image = scene.Image();
        Assert.Equal(0, scene.Run(image, "--out", scene.File("whole.tif")).Code);
        var random = new Random(5);
        for (int i = 0; i < 12; i++)
        {
            int x = random.Next(VerbScene.Side - 1), y = random.Next(VerbScene.Side - 1);
            int width = random.Next(1, VerbScene.Side - x), height = random.Next(1, VerbScene.Side - y);
            string part = scene.File($"{i}.tif"), region = $"{x},{y},{width},{height}";
            JsonElement report = Lines(scene.Run(image, "--out", part, "--region", region, "--json").Output)[0];
            Assert.Equal([y, x, height, width], report.GetProperty("provenance").GetProperty("region_yxhw").EnumerateArray()
                .Select(number => number.GetInt32()));
            using TiffImage whole = TiffImage.Open(scene.File("whole.tif")), cut = TiffImage.Open(part);
            Assert.Equal((height, width), (cut.View.Height, cut.View.Width));
            Assert.Equal(Bytes(whole.View.Crop(y, x, height, width)), Bytes(cut.View));
        }
    }

    [Fact]
    public void Objects_of_a_region_have_their_centre_in_it_and_keep_the_image_s_coordinates()
    {
        using var scene = new VerbScene("segment");
        string image = scene.Image(side: 400);
        List<(double X, double Y)> all = Centres(scene, image), part = Centres(scene, image, "--region", "100,50,200,300");
        Assert.NotEmpty(part);
        Assert.True(part.Count < all.Count);
        Assert.All(part, centre => Assert.True(centre.X is >= 99.5 and < 299.5 && centre.Y is >= 49.5 and < 349.5, $"{centre}"));
        // What lies beside the region takes part: the objects are those of the whole plane.
        Assert.Equal(all.Where(centre => centre.X is >= 99.5 and < 299.5 && centre.Y is >= 49.5 and < 349.5), part);
    }

    [Fact]
    public void Objects_of_a_mask_have_their_centre_on_it_whatever_its_pixels()
    {
        using var scene = new VerbScene("segment");
        string image = scene.Image(side: 400), bytes = scene.File("mask8.tif"), labels = scene.File("mask16.tif");
        TiffMaker.Write(bytes, TiffMaker.Grey(400, 400), [Half(400, (byte)1)]);
        TiffMaker.Write(labels, TiffMaker.Grey(400, 400) with { Bits = 16 }, [Half(400, (ushort)256)]);
        List<(double X, double Y)> left = Centres(scene, image, "--mask", bytes);
        Assert.NotEmpty(left);
        Assert.All(left, centre => Assert.True(centre.X < 199.5, $"{centre}"));
        Assert.Equal(left, Centres(scene, image, "--mask", labels));
    }

    [Theory, MemberData(nameof(Verbs))]
    public void A_mask_of_all_changes_nothing_and_one_of_nothing_leaves_nothing(string verb)
    {
        using var scene = new VerbScene(verb);
        string image = scene.Image(), all = scene.File("all.tif"), none = scene.File("none.tif");
        TiffMaker.Write(all, TiffMaker.Grey(VerbScene.Side, VerbScene.Side),
            [Enumerable.Repeat((byte)255, VerbScene.Side * VerbScene.Side).ToArray()]);
        TiffMaker.Write(none, TiffMaker.Grey(VerbScene.Side, VerbScene.Side), [new byte[VerbScene.Side * VerbScene.Side]]);
        JsonElement plain = Run("plain.tif"), masked = Run("masked.tif", "--mask", all), nothing = Run("nothing.tif", "--mask", none);
        Assert.Equal([false, true, true], new[] { plain, masked, nothing }
            .Select(report => report.GetProperty("provenance").GetProperty("masked").GetBoolean()));
        Assert.Equal(Pixels("plain.tif"), Pixels("masked.tif"));
        Assert.All(Pixels("nothing.tif"), value => Assert.Equal(0, value));
        Assert.Equal(none, nothing.GetProperty("provenance").GetProperty("source").GetProperty("selection").GetString());

        JsonElement Run(string name, params string[] options) =>
            Lines(scene.Run([image, "--out", scene.File(name), "--json", .. options]).Output)[0];
        byte[] Pixels(string name)
        {
            using TiffImage read = TiffImage.Open(scene.File(name));
            return Bytes(read.View);
        }
    }

    private static T[] Half<T>(int side, T value) where T : unmanaged =>
        [.. Enumerable.Range(0, side * side).Select(i => i % side < side / 2 ? value : default)];

    /// <summary>Of the objects, in pixels, as the table has them.</summary>
    private static List<(double X, double Y)> Centres(VerbScene scene, string image, params string[] options)
    {
        var (code, _, error) =
            scene.Run([image, "--out", scene.File("labels.tif"), "--objects", scene.File("objects.csv"), "--overwrite", .. options]);
        Assert.Equal((0, ""), (code, error));
        return [.. File.ReadLines(scene.File("objects.csv")).Skip(1).Select(line => line.Split(','))
            .Select(cells =>
                (double.Parse(cells[10], CultureInfo.InvariantCulture), double.Parse(cells[11], CultureInfo.InvariantCulture)))];
    }

    private static unsafe byte[] Bytes(ImageView view)
    {
        int pixel = view.Type.Size();
        var bytes = new List<byte>();
        using PlaneLock plane = view.Lock(0);
        for (int y = 0; y < view.Height; y++)
        {
            for (int x = 0; x < view.Width; x++)
                bytes.AddRange(new ReadOnlySpan<byte>(plane.Pixel(y, x), pixel));
        }
        return [.. bytes];
    }
}
