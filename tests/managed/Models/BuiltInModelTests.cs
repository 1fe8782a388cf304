using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Models;
using BioDL.Models.Catalogue;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;
using BioDL.Models.Opening;
using BioDL.Models.Verification;
using BioDL.Models.Writing;
using BioDL.Tests.Images;
using BioDL.Tests.Writing;

namespace BioDL.Tests.Models;

/// <summary>What holds for every model in managed/BioDL.Models/builtin, so that adding one is adding a folder.</summary>
public class BuiltInModelTests
{
    private const long MostBytes = 16 << 20;
    private static readonly string[] Words = ["segment", "segment-stained", "denoise", "denoise-image", "stain"];

    [Fact]
    public void Each_opens_verifies_itself_and_says_its_licence_and_what_it_was_made_for()
    {
        foreach (string name in EmbeddedFiles.Names)
        {
            using Model model = Model.Open(EmbeddedFiles.Prefix + name);
            VerifyReport report = model.Verify("cpu");
            Assert.True(report.Outcome == VerifyOutcome.Passed, report.Text);
            Assert.All(new[] { model.Description.Name, model.Description.Description, model.Description.Licence },
                text => Assert.NotEqual("", text));
            Assert.Empty(model.Description.Notes);
            if (model.Description.Format.EndsWith(DescriptionWriter.FormatVersion, StringComparison.Ordinal))
                Assert.Empty(FormatRules.Faults(Folder(name)));
            Assert.True(File.Exists(Path.Combine(Folder(name), "README.md")), $"{name} has no README.md");
        }
        Assert.True(EmbeddedFiles.Names.Sum(name => new DirectoryInfo(Folder(name)).EnumerateFiles().Sum(file => file.Length)) < MostBytes);
    }

    [Fact]
    public void No_two_are_the_default_for_the_same_and_each_is_one_for_its_own_task()
    {
        var claims = EmbeddedFiles.Names.SelectMany(name => BuiltInModels.Uses(name).Select(use => (Use: use, Name: name))).ToArray();
        Assert.Equal(claims.Length, claims.DistinctBy(claim => claim.Use).Count());
        foreach ((string use, string name) in claims)
        {
            Assert.Contains(use, Words);
            using Model model = Model.Open($"builtin:{use}");
            Assert.Equal($"builtin:{name}", model.Description.Source);
            Assert.StartsWith(model.Description.Task.ToString().ToLowerInvariant(), use, StringComparison.Ordinal);
        }
        Assert.Contains("segment", BuiltInModels.Words);
    }

    [Fact]
    public void The_one_that_segments_is_meant_where_nothing_is_named_and_all_are_listed()
    {
        using Model model = Model.Open(null);
        Assert.Equal(BuiltInModels.For(ModelTask.Segment), model.Description.Source);
        CatalogueEntry[] entries = [.. ModelCatalogue.Default.List().Entries.Where(entry => entry.State == ModelState.Builtin)];
        Assert.Equal(BuiltInModels.Names.Select(name => $"builtin:{name}"), entries.Select(entry => entry.Id));
        Assert.Equal(Status.NotFound, Assert.Throws<BioDLException>(() => BuiltInModels.For(ModelTask.Other)).Status);

        // Colours on a bright ground have a model of their own where one is built in.
        uint[] stained = [.. Enumerable.Range(0, 80 * 80).Select(i => i % 4 == 0 ? 0xff802080u : 0xfff8f0f8u)];
        using var planes = new TestPlanes([System.Runtime.InteropServices.MemoryMarshal.AsBytes(stained.AsSpan()).ToArray()]);
        string own = BuiltInModels.For(ModelTask.Segment, Rgb(planes, 80, 80));
        string? claimed = EmbeddedFiles.Names.FirstOrDefault(name => BuiltInModels.Uses(name).Contains("segment-stained"));
        Assert.Equal(claimed is null ? BuiltInModels.For(ModelTask.Segment) : $"builtin:{claimed}", own);
    }

    /// <summary>Hues on white are stained, packed or as three channels; the same on black and grey RGB are not.</summary>
    [Fact]
    public void Colours_on_a_bright_ground_look_stained()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            int width = random.Next(1, 300), height = random.Next(1, 300), share = random.Next(8, 40);
            (byte R, byte G, byte B) hue = ((byte)random.Next(60, 160), (byte)random.Next(0, 30), (byte)random.Next(80, 180));
            uint Pixel(bool bright, bool grey, int i)
            {
                byte ground = (byte)(bright ? random.Next(200, 256) : random.Next(0, 50));
                bool inside = i * 2654435761 % 100 < share;
                return !inside ? Argb(ground, ground, ground) : grey ? Argb(hue.R, hue.R, hue.R) : Argb(hue.R, hue.G, hue.B);
            }
            bool Look(bool bright, bool grey)
            {
                uint[] pixels = [.. Enumerable.Range(0, width * height).Select(i => Pixel(bright, grey, i))];
                using var packed = new TestPlanes([System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray()]);
                byte[] Part(int shift) => [.. pixels.Select(pixel => (byte)(pixel >> shift))];
                using var apart = new TestPlanes([Part(16), Part(8), Part(0)]);
                ImageView channels = Rgb(apart, height, width) with { Type = PixelType.UInt8, Channels = 3, PixelStride = 1 };
                bool look = StainedLook.Of(Rgb(packed, height, width));
                Assert.Equal(look, StainedLook.Of(channels with { RowStride = width }));
                return look;
            }
            if (width * height > 4000)
                Assert.True(Look(bright: true, grey: false), $"seed {seed}");
            Assert.False(Look(bright: true, grey: true), $"seed {seed}");
            Assert.False(Look(bright: false, grey: false), $"seed {seed}");
        }
        static uint Argb(byte r, byte g, byte b) => 0xff000000u | (uint)r << 16 | (uint)g << 8 | b;
    }

    private static ImageView Rgb(IPlanes planes, int height, int width) => new()
    {
        Type = PixelType.Argb32, Frames = 1, Slices = 1, Channels = 1, Height = height, Width = width, RowStride = 4L * width,
        PixelStride = 4, Planes = planes,
    };

    private static string Folder(string name) => Path.Combine(Repository.Root, "managed/BioDL.Models/builtin", name);
}
