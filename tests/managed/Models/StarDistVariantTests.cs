using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;
using BioDL.Models;
using BioDL.Tests.Graphs;
using BioDL.Tests.Road;

namespace BioDL.Tests.Models;

/// <summary>However an exporter laid a StarDist network out, it finds the same objects.</summary>
public class StarDistVariantTests
{
    private const int Rays = 16, Features = 4;

    /// <summary>What an exporter may do to a network.</summary>
    /// <param name="Last">channels last, as tf2onnx has them</param>
    /// <param name="Size">the only size; 0: free</param>
    /// <param name="Outputs">p, d and c: probability, distances and classes, in this order</param>
    /// <param name="Joined">in one output</param>
    /// <param name="Names">of the outputs</param>
    public sealed record Variant(bool Last, int Size, string Outputs, bool Joined, params string[] Names)
    {
        public override string ToString() =>
            $"{(Last ? "last" : "first")} {Size} {Outputs}{(Joined ? " joined" : "")} {Names.FirstOrDefault()}";
    }

    public static TheoryData<Variant> Variants
    {
        get
        {
            var variants = new TheoryData<Variant>();
            foreach (bool last in new[] { false, true })
                foreach (int size in new[] { 0, 64 })
                {
                    variants.Add(new Variant(last, size, "pd", false, "prob", "dist"));
                    variants.Add(new Variant(last, size, "dp", false, "Identity_1", "Identity"));
                    variants.Add(new Variant(last, size, "cdp", false, "prob_class", "PartitionedCall:1", "PartitionedCall:0"));
                    variants.Add(new Variant(last, size, "pd", true, "output"));
                    variants.Add(new Variant(last, size, "dp", true, "output"));
                    variants.Add(new Variant(last, size, "pdc", true, "output"));
                }
            return variants;
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_same_objects_are_found(Variant variant)
    {
        using Picture image = Picture.Random(PixelType.UInt16, (1, 1, 1, 150, 131));
        SegmentedObject[] expected = Found(new Variant(false, 0, "pd", false, "prob", "dist"), image), found = Found(variant, image);
        Assert.True(expected.Length > 20, $"{expected.Length} objects");
        Assert.Equal(expected.Length, found.Length);
        foreach (var (one, other) in expected.Zip(found))
            Assert.Equal(one.Probability, other.Probability, 1e-4f);
    }

    /// <summary>Of the classes that a plain run of the network gives: the first of the highest, the background being 0.</summary>
    [Theory]
    [InlineData(false), InlineData(true)]
    public unsafe void An_object_has_the_likeliest_class_where_it_was_found(bool last)
    {
        using Picture image = Picture.Random(PixelType.UInt16, (1, 1, 1, 150, 131)), classes = new(PixelType.Float32, (1, 1, 3, 75, 66));
        using ModelFolder folder = Folder(new Variant(last, 0, "cdp", false, "prob_class", "dist", "prob"));
        using Model model = Model.Open(folder.Path);
        SegmentedObject[] found = Objects(model, image);
        model.Run([image.View], new RunOptions { Device = "cpu" }, null, [classes.View, null, null]);
        foreach (SegmentedObject one in found)
        {
            float[] scores = [.. Enumerable.Range(0, 3).Select(number =>
            {
                using PlaneLock plane = classes.View.Lock(number);
                return *(float*)plane.Pixel((int)one.CenterY / 2, (int)one.CenterX / 2);
            })];
            Assert.Equal(Array.IndexOf(scores, scores.Max()), one.ClassId);
        }
        Assert.Equal(3, found.Select(one => one.ClassId).Distinct().Count());
        using ModelFolder without = Folder(new Variant(last, 0, "pd", false, "prob", "dist"));
        using Model plain = Model.Open(without.Path);
        Assert.All(Objects(plain, image), one => Assert.Equal(0, one.ClassId));
    }

    [Fact]
    public void What_cannot_be_segmented_with_says_why()
    {
        var maker = new NetworkMaker();
        maker.Input("x", NetworkMaker.Float, 1, 1, null, null, null);
        maker.Add("Sigmoid", ["x"], [maker.Output("prob", rank: 5)]);
        maker.Add("Conv", ["x", maker.Weights(Rays, 1, 1, 1, 1)], [maker.Output("dist", rank: 5)]);
        using ModelFolder folder = new ModelFolder().With("weights.onnx", maker.Bytes());
        using Model model = Model.Open(folder.Path);
        Assert.Contains("three dimensions", model.Description.Obstacle);
    }

    private static SegmentedObject[] Found(Variant variant, Picture image)
    {
        using ModelFolder folder = Folder(variant);
        using Model model = Model.Open(folder.Path);
        return Objects(model, image);
    }

    private static ModelFolder Folder(Variant variant) => new ModelFolder().With("weights.onnx", Network(variant)).With("config.json",
        $$"""{"n_dim": 2, "axes": "YXC", "n_rays": {{Rays}}, "grid": [2, 2], "n_channel_in": 1, "n_channel_out": {{Rays + 1}}}""");

    private static SegmentedObject[] Objects(Model model, Picture image)
    {
        Assert.True(model.Description.StarDist is not null, model.Description.Obstacle);
        SegmentedObjects objects = model.Segment(image.View, new RunOptions { Device = "cpu" }, new StarOptions { ProbThreshold = 0.6 });
        Assert.DoesNotContain(objects.Account.Warnings, warning => warning.Contains("seams", StringComparison.Ordinal));
        return objects.Objects;
    }

    private static byte[] Network(Variant variant)
    {
        var maker = new NetworkMaker();
        long? side = variant.Size > 0 ? variant.Size : null;
        maker.Input("x", NetworkMaker.Float, variant.Last ? [null, side, side, 1] : [null, 1, side, side]);
        string x = variant.Last ? maker.Node("Transpose", ["x"], ("perm", new long[] { 0, 3, 1, 2 })) : "x";
        string features = NetworkKinds.Pool(maker, "AveragePool", NetworkKinds.Conv(maker, x, 1, Features, 9), 2, 2);
        string logit = NetworkKinds.Conv(maker, features, Features, 1, 3);
        string prob = maker.Node("Sigmoid", [maker.Node("Mul", [logit, maker.Floats([9], 1)])]);
        string rays = maker.Node("Conv", [features, maker.Weights(Rays, Features, 1, 1),
            maker.Floats([.. Enumerable.Repeat(5f, Rays)], Rays)]);
        // Without the offsets the second class would be everywhere.
        string offsets = maker.Floats([1.25f, 0, 1.25f], 1, 3, 1, 1);
        string scores = maker.Node("Add", [NetworkKinds.Conv(maker, features, Features, 3, 1), offsets]);
        string classes = maker.Node("Softmax", [scores], ("axis", 1));
        string[] parts = [.. variant.Outputs.Select(part => part switch { 'p' => prob, 'd' => rays, _ => classes })];
        int[] channels = [.. variant.Outputs.Select(part => part switch { 'p' => 1, 'd' => Rays, _ => 3 })];
        if (variant.Joined)
            (parts, channels) = ([maker.Node("Concat", parts, ("axis", 1))], [channels.Sum()]);
        for (int i = 0; i < parts.Length; i++)
        {
            string name = maker.Output(variant.Names[i], NetworkMaker.Float,
                variant.Last ? [null, null, null, channels[i]] : [null, channels[i], null, null]);
            if (variant.Last)
                maker.Add("Transpose", [parts[i]], [name], "", ("perm", new long[] { 0, 2, 3, 1 }));
            else
                maker.Add("Identity", [parts[i]], [name]);
        }
        return maker.Bytes();
    }
}
