using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Running;
using BioDL.Core.Runs;

namespace BioDL.Tests.Objects.StarConvex;

public unsafe class ProgressTests
{
    [Fact]
    public void Progress_rises_on_the_callers_thread_at_least_once_a_tile_and_never_under_a_lock()
    {
        using Specimen<ushort> image = Specimens.Nuclei(300, 260, frames: 2, slices: 2), labels = new(PixelType.UInt16, 300, 260, 2, 2);
        var planes = new CountingPlanes(image.View.Planes);
        int thread = Environment.CurrentManagedThreadId, calls = 0;
        var seen = new List<Progress>();
        bool Report(in Progress progress)
        {
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            Assert.Equal(0, planes.Held);
            calls++;
            seen.Add(progress);
            return true;
        }
        SegmentedObjects result = FakeNetwork.Segment(FakeChain.Of(FakeNetwork.Bright), image.View with { Planes = planes },
            new RunOptions { Tile = 128 }, Report, labels.View);
        Assert.True(calls >= result.Account.Tiles);
        Assert.Equal(seen.Select(progress => progress.Fraction).Order(), seen.Select(progress => progress.Fraction));
        Assert.All(seen, progress => Assert.InRange(progress.Fraction, 0, 1));
        Assert.All(seen, progress => Assert.InRange(progress.Done, 0, progress.Total));
        Assert.Equal(1, seen[^1].Fraction);
        Assert.Equal([Stage.Prepare, Stage.Statistics, Stage.Network, Stage.Suppress, Stage.Render],
            seen.Select(progress => progress.Stage).Distinct().Order());
        Assert.Contains(seen, progress => progress is { Frame: 1, Slice: 1 });
    }

    [Theory]
    [InlineData(Stage.Prepare)]
    [InlineData(Stage.Statistics)]
    [InlineData(Stage.Network)]
    [InlineData(Stage.Suppress)]
    [InlineData(Stage.Render)]
    public void Cancelling_in_any_stage_ends_the_call_and_leaves_the_labels_untouched(Stage stage)
    {
        using Specimen<ushort> image = Specimens.Nuclei(300, 260, frames: 2), labels = new(PixelType.UInt16, 300, 260, 2);
        labels.Pixels.Fill(77);
        bool cancelled = false;
        bool Report(in Progress progress)
        {
            Assert.False(cancelled, "asked again after it was cancelled");
            cancelled = progress.Stage == stage;
            return !cancelled;
        }
        var error = Assert.Throws<BioDLException>(() => FakeNetwork.Segment(FakeChain.Of(FakeNetwork.Bright), image.View,
            new RunOptions { Tile = 128 }, Report, labels.View));
        Assert.Equal(Status.Cancelled, error.Status);
        Assert.True(cancelled);
        Assert.Equal(-1, labels.Pixels.IndexOfAnyExcept((ushort)77));
    }

    [Fact]
    public void A_host_that_loses_its_image_gets_its_own_error_back_and_no_lock_stays()
    {
        using Specimen<ushort> image = Specimens.Nuclei(300, 260);
        var planes = new CountingPlanes(image.View.Planes) { FailAfter = 6 };
        var error = Assert.Throws<BioDLException>(() => FakeNetwork.Segment(FakeChain.Of(FakeNetwork.Bright),
            image.View with { Planes = planes }, new RunOptions { Tile = 96 }));
        Assert.Equal(Status.Host, error.Status);
        Assert.Equal(0, planes.Held);
    }

    private sealed class CountingPlanes(IPlanes planes) : IPlanes
    {
        private int _locks;

        public int Held { get; private set; }

        public int FailAfter { get; init; } = int.MaxValue;

        public byte* Lock(long plane)
        {
            if (++_locks > FailAfter)
                throw new BioDLException(Status.Host, "the image was closed");
            Held++;
            return planes.Lock(plane);
        }

        public void Unlock(long plane, byte* start, bool written)
        {
            Held--;
            planes.Unlock(plane, start, written);
        }
    }
}
