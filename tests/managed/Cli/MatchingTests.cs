using BioDL.Cli.Matching;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Objects.Matching;

namespace BioDL.Tests.Cli;

/// <summary>Matches counted by hand.</summary>
public sealed class MatchingTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ObjectsAreMatchedByIntersectionOverUnion()
    {
        // Object 7: 4 pixels, label 300 covers 3 of them and 1 more: IoU 3 / 5. Object 9: 2 pixels, label 5 is the same: IoU 1. Label 6 is
        // extra.
        LabelPlane reference = Plane("7777..99..", ('7', 7), ('9', 9)), labels = Plane(".aaaa.bbcc", ('a', 300), ('b', 5), ('c', 6));
        LabelMatching matching = LabelMatching.Of(reference, labels);
        Assert.Equal(new MatchCounts(2, 1, 0), matching.At(0.5));
        Assert.Equal(new MatchCounts(2, 1, 0), matching.At(0.6));
        Assert.Equal(new MatchCounts(1, 2, 1), matching.At(0.65));
        MatchCounts counts = matching.At(0.65);
        Assert.Equal((0.25, 1 / 3.0, 0.5, 0.4), (counts.AveragePrecision, counts.Precision, counts.Recall, counts.F1));
    }

    [Fact]
    public void AtExactlyOneHalfAnObjectCountsOnce()
    {
        // Two labels cover half of one object each: both have IoU 0.5, one may match.
        LabelMatching matching = LabelMatching.Of(Plane("xxxx", ('x', 1)), Plane("aabb", ('a', 1), ('b', 2)));
        Assert.Equal(new MatchCounts(1, 1, 0), matching.At(0.5));
        Assert.Equal(new MatchCounts(0, 2, 1), matching.At(0.55));
    }

    [Fact]
    public void BelowOneHalfAsManyPairsAsPossibleAreMatched()
    {
        // x overlaps a (2 of 6) and b (1 of 5), y overlaps a alone (2 of 6): x must leave a to y.
        LabelMatching matching = LabelMatching.Of(Plane("xxx.yyy....", ('x', 1), ('y', 2)), Plane(".baaaaa....", ('a', 1), ('b', 2)));
        Assert.Equal(2, matching.At(0.1).TruePositives);
    }

    [Fact]
    public void NothingMatchesNothing()
    {
        LabelMatching matching = LabelMatching.Of(Plane("...."), Plane("...."));
        Assert.Equal(new MatchCounts(0, 0, 0), matching.At(0.5));
        Assert.Equal(0, matching.At(0.5).AveragePrecision);
        Assert.Equal(new MatchCounts(0, 1, 0), LabelMatching.Of(Plane("...."), Plane("aa..", ('a', 3))).At(0.5));
    }

    [Fact]
    public void FoldersAreComparedByNameWhateverTheTypeOfTheLabels()
    {
        WriteLabels("truth/one.tif", 16, SampleFormat.Unsigned, Compression.Deflate, new ushort[] { 0, 1000, 1000, 0, 7, 7 });
        WriteLabels("truth/two.tif", 32, SampleFormat.Float, Compression.None, new float[] { 70000, 0, 0, 0, 0, 0 });
        WriteLabels("found/one.tif", 8, SampleFormat.Unsigned, Compression.Lzw, new byte[] { 0, 1, 1, 0, 2, 0 });
        WriteLabels("found/two.tiff", 32, SampleFormat.Unsigned, Compression.PackBits, new uint[] { 0, 3_000_000_000, 0, 0, 0, 0 });
        var comparison = FolderComparison.Of(_folder.File("truth"), _folder.File("found"), default);
        // one: 1000 matches 1 (IoU 1), 7 matches 2 (IoU 0.5); two: nothing
        Assert.Equal(new MatchCounts(2, 1, 1), comparison.Pooled(0));
        Assert.Equal(new MatchCounts(1, 2, 2), comparison.Pooled(1));
        Assert.Equal(0.5, comparison.Mean(0, counts => counts.AveragePrecision));
        Assert.Equal(1 / 6.0, comparison.Mean(1, counts => counts.AveragePrecision), 12);
        Assert.Equal([0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9], FolderComparison.Thresholds);
    }

    [Fact]
    public void WhatCannotBeComparedIsNamed()
    {
        WriteLabels("truth/one.tif", 8, SampleFormat.Unsigned, Compression.None, new byte[6]);
        Assert.Contains("found", Fails(), StringComparison.Ordinal);
        Directory.CreateDirectory(_folder.File("found"));
        Assert.Contains("no TIFF", Fails(), StringComparison.Ordinal);
        WriteLabels("found/other.tif", 8, SampleFormat.Unsigned, Compression.None, new byte[6]);
        Assert.Contains("one.tif has no partner", Fails(), StringComparison.Ordinal);
        WriteLabels("found/one.tif", 8, SampleFormat.Unsigned, Compression.None, new byte[6]);
        Assert.Contains("other.tif has no partner", Fails(), StringComparison.Ordinal);
        File.Delete(_folder.File("found/other.tif"));
        WriteLabels("found/one.tif", 8, SampleFormat.Unsigned, Compression.None, new byte[4], width: 2);
        Assert.Contains("2 x 2 pixels", Fails(), StringComparison.Ordinal);
        WriteLabels("found/one.tif", 32, SampleFormat.Float, Compression.None, new float[] { 0, 0.5f, 0, 0, 0, 0 });
        Assert.Contains("the value 0.5", Fails(), StringComparison.Ordinal);
    }

    private string Fails() =>
        Assert.Throws<BioDLException>(() => FolderComparison.Of(_folder.File("truth"), _folder.File("found"), default)).Message;

    private void WriteLabels<T>(string name, int bits, SampleFormat format, Compression compression, T[] labels, int width = 3) where T
        : unmanaged
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        TiffPage page = TiffMaker.Grey(width, labels.Length / width) with { Bits = bits, SampleFormat = format, Compression = compression };
        TiffMaker.Write(_folder.File(name), page, [labels]);
    }

    private static LabelPlane Plane(string row, params (char Letter, long Label)[] labels) =>
        LabelPlane.Of(1, row.Length, row.Select(c => labels.FirstOrDefault(pair => pair.Letter == c).Label).ToArray());
}
