using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Models.Files;
using BioDL.Models.Opening;
using BioDL.Models.Verification;
using BioDL.Tests.Cli;
using BioDL.Tests.Files;

namespace BioDL.Tests.Verification;

public sealed unsafe class ComparisonTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_value_is_a_mismatch_beyond_both_tolerances_together()
    {
        // |d| <= 1e-3 + 1e-3 * 1 for the first, above it for the second.
        TensorComparison.Found found = Compare([1.0019f, 1.0022f, 1], [1, 1, 1], new Tolerance());
        Assert.Equal(1, found.Mismatches);
        Assert.Equal(0.0022, found.Largest, 6);
        Assert.Equal([0, 0, 0, 0, 1], found.At);
    }

    [Fact]
    public void Nan_matches_nan_and_nothing_else()
    {
        Assert.Equal(0, Compare([float.NaN, float.PositiveInfinity], [float.NaN, float.PositiveInfinity], new Tolerance()).Mismatches);
        TensorComparison.Found found = Compare([float.NaN, 1, 0], [0, float.PositiveInfinity, 0], new Tolerance());
        Assert.Equal((2, double.PositiveInfinity), (found.Mismatches, found.Largest));
    }

    [Theory]
    [InlineData(100, 1_000_000, true)]
    [InlineData(101, 1_000_000, false)]
    [InlineData(1, 9_999, false)]
    [InlineData(1, 10_000, true)]
    public void A_hundred_mismatches_in_a_million_are_allowed(long mismatches, long values, bool passes) =>
        Assert.Equal(passes, new VerifiedOutput
        {
            Name = "x", Shape = [values], Values = values, Mismatches = mismatches,
            Tolerance = new Tolerance()
        }.Passed);

    [Fact]
    public void The_first_tolerance_that_fits_counts()
    {
        TestSet set = Set("""
            config:
              bioimageio:
                reproducibility_tolerance:
                  - {relative_tolerance: 0.5, weights_formats: [torchscript]}
                  - {absolute_tolerance: 0.25, mismatched_elements_per_million: 7, output_ids: [b]}
                  - {absolute_tolerance: 1.0e-05}
            inputs: [{id: i, axes: [{type: batch}, {type: channel}, {type: space, id: y}, {type: space}], test_tensor: {source: i.npy, sha256: ABC}}]
            outputs:
              - {id: a, axes: [{type: batch}, {type: space, id: y}], test_tensor: {source: a.npy}}
              - {id: b, axes: bcyx, test_tensor: {source: ./a.npy}}
            """);
        Assert.Equal(new Tolerance(1e-3, 0.5, 100), set.ToleranceOf("b", "torchscript"));
        Assert.Equal(new Tolerance(0.25, 1e-3, 7), set.ToleranceOf("b", "onnx"));
        Assert.Equal(new Tolerance(1e-5, 1e-3, 100), set.ToleranceOf("a", "onnx"));
        Assert.Equal(new TestTensor("i", "bcyx", "i.npy", "abc"), set.Inputs[0]);
        Assert.Equal(["by", "bcyx"], set.Outputs.Select(output => output.Axes));
        Assert.Equal("a.npy", set.Outputs[1].File);
    }

    [Fact]
    public void Test_tensors_of_format_0_4_are_listed_apart()
    {
        TestSet set = Set("{format_version: 0.4.9, inputs: [{name: raw, axes: byxc}], outputs: [{name: p, axes: bcyx}], test_inputs: "
            + "[i.npy], test_outputs: [a.npy]}");
        Assert.Equal([new("raw", "byxc", "i.npy", null)], set.Inputs);
        Assert.False(set.IsBare);
        Assert.Equal(new Tolerance(), set.ToleranceOf("p", "onnx"));
    }

    [Theory]
    [InlineData("{inputs: [{name: raw, axes: byxc}], outputs: [{name: p, axes: bcyx}], test_inputs: [i.npy]}", "no test tensor for p")]
    [InlineData("{inputs: [{name: raw, axes: byxc}], outputs: [{name: p, axes: bcyx}], test_inputs: [i.npy], test_outputs: [lost.npy]}",
        "lacks its test tensor lost.npy")]
    [InlineData("{inputs: [{name: raw, axes: byxc}], outputs: [{name: p, axes: bcyx}], test_inputs: ['https://example.com/i.npy'], "
        + "test_outputs: [a.npy]}", "https://example.com/i.npy")]
    [InlineData("{inputs: [{name: raw, axes: byxc}], outputs: [{name: p, axes: bcyx}], test_inputs: [../i.npy], test_outputs: [a.npy]}",
        "lacks its test tensor ../i.npy")]
    [InlineData("{name: x}", "no description")]
    public void A_package_without_them_says_so(string description, string why)
    {
        File.WriteAllText(_folder.File("rdf.yaml"), description);
        foreach (string name in new[] { "i.npy", "a.npy" })
            File.WriteAllText(_folder.File(name), "");
        var (set, whyNot) = TestSetReader.Of(ModelFinder.Find(_folder.Root));
        Assert.Null(set);
        Assert.Contains(why, whyNot, StringComparison.Ordinal);
    }

    [Fact]
    public void Small_tiffs_of_both_byte_orders_are_read()
    {
        byte[] little = Tiff(bigEndian: false), big = Tiff(bigEndian: true);
        foreach (byte[] file in new[] { little, big })
        {
            (NpyArray read, string axes) = TestTiff.Read(file, "byxc", 1, "t.tif");
            using NpyArray array = read;
            Assert.Equal("yx", axes);
            Assert.Equal([2, 3], array.Shape);
            using PlaneLock plane = array.View("yx", "t").Lock(0);
            for (int i = 0; i < 6; i++)
                Assert.Equal(i + 1, *(float*)plane.Pixel(i / 3, i % 3));
        }
        for (int length = 0; length < little.Length; length++)
        {
            var error = Assert.Throws<BioDLException>(() => TestTiff.Read(little[..length], "byxc", 1, "t.tif"));
            Assert.Equal(Status.ModelInvalid, error.Status);
        }
    }

    // Header, directory, pixels in two strips whose offsets and lengths come last.
    private static byte[] Tiff(bool bigEndian)
    {
        byte[] U16(int value) => bigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)];
        byte[] U32(int value) => bigEndian ? [.. U16(value >> 16), .. U16(value)] : [.. U16(value), .. U16(value >> 16)];
        byte[] Entry(int tag, int kind, int count, int value) =>
            [.. U16(tag), .. U16(kind), .. U32(count), .. kind == 3 ? [.. U16(value), 0, 0] : U32(value)];
        int pixels = 8 + 2 + 8 * 12 + 4, lists = pixels + 24;
        byte[] values = [.. Enumerable.Range(1, 6).SelectMany(i => U32(BitConverter.SingleToInt32Bits(i)))];
        return
        [
            .. bigEndian ? "MM\0*"u8.ToArray() : "II*\0"u8.ToArray(), .. U32(8), .. U16(8), .. Entry(256, 4, 1, 3), .. Entry(257, 3, 1, 2),
            .. Entry(258, 3, 1, 32),
            .. Entry(259, 3, 1, 1), .. Entry(273, 4, 2, lists), .. Entry(277, 3, 1, 1), .. Entry(279, 4, 2, lists + 8),
            .. Entry(339, 3, 1, 3), .. U32(0), .. values,
            .. U32(pixels), .. U32(pixels + 12), .. U32(12), .. U32(12),
        ];
    }

    private static TestSet Set(string description)
    {
        var (set, why) = TestSetReader.Of(
            new ModelLocation(ZipFiles.Of(ZipMaker.Make(new ZipEntry("rdf.yaml", System.Text.Encoding.UTF8.GetBytes(description)),
            new ZipEntry("i.npy", []), new ZipEntry("a.npy", [])), "test.zip"), null));
        Assert.Equal("", why);
        return set!;
    }

    private static TensorComparison.Found Compare(float[] found, float[] reference, Tolerance tolerance)
    {
        fixed (float* a = found, b = reference)
            return TensorComparison.Of(ImageView.Contiguous(a, PixelType.Float32, 1, found.Length),
                ImageView.Contiguous(b, PixelType.Float32, 1, found.Length), tolerance);
    }
}
