using BioDL.Core;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Running;
using BioDL.Models;
using BioDL.Tests.Graphs;
using BioDL.Tests.Models;

namespace BioDL.Tests.Objects.StarConvex;

public class ConcurrencyTests
{
    [Fact]
    public void Threads_on_one_model_get_what_one_thread_gets()
    {
        using Model model = Model.Open(null);
        Specimen<ushort>[] images = [.. Enumerable.Range(0, 4).Select(seed => Specimens.Nuclei(150 + 40 * seed, 170, seed))];
        SegmentedObjects[] alone = [.. images.Select(image => model.Segment(image.View, new()))];
        Parallel.For(0, 12, i =>
        {
            SegmentedObjects result = model.Segment(images[i % 4].View, new());
            Assert.Equal(alone[i % 4].Objects, result.Objects);
            Assert.Equal(alone[i % 4].Vertices, result.Vertices);
        });
        foreach (Specimen<ushort> image in images)
            image.Dispose();
    }

    [Fact]
    public void Two_models_run_at_once()
    {
        using ModelFolder folder = ModelFolder.Described(new TinyOnnx());
        using Model first = Model.Open(null), second = Model.Open(folder.Path);
        using Specimen<ushort> image = Specimens.Nuclei(200, 200);
        SegmentedObjects a = first.Segment(image.View, new()), b = second.Segment(image.View, new());
        Parallel.For(0, 8, i => Assert.Equal((i % 2 == 0 ? a : b).Objects,
            (i % 2 == 0 ? first : second).Segment(image.View, new()).Objects));
    }

    [Fact]
    public void Closing_a_model_lets_a_run_finish_and_refuses_the_next()
    {
        Model model = Model.Open(null);
        using Specimen<ushort> image = Specimens.Nuclei(200, 200);
        bool CloseOnce(in Progress progress)
        {
            model.Dispose();
            return true;
        }
        Assert.NotEmpty(model.Segment(image.View, new(), CloseOnce).Objects);
        var error = Assert.Throws<BioDLException>(() => model.Segment(image.View, new()));
        Assert.Equal(Status.InvalidHandle, error.Status);
    }
}
