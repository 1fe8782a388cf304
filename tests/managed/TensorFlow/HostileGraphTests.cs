using BioDL.Core;

namespace BioDL.Tests.TensorFlow;

/// <summary>Small files that ask for much: they end in an error, after little work and without much memory.</summary>
public sealed class HostileGraphTests
{
    /// <summary>
    /// What is folded is written into new memory, so that the bytes taken are the work that was done: the limits of the importer let
    /// through a few
    /// GiB, one after the other; without them these graphs would ask for hundreds.
    /// </summary>
    private const long MostBytes = 8L << 30;

    private static void Refused(TinyGraph graph)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        BioDLException error = Assert.Throws<BioDLException>(() => Compared.Import(graph));
        Assert.Contains(error.Status, (Status[])[Status.ModelInvalid, Status.ModelUnsupported]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, MostBytes);
    }

    private static TinyGraph Start() => new TinyGraph().Input("in", -1, -1, -1, 1);

    [Fact]
    public void AConstantLargerThanAnyMemory() =>
        Refused(Start().Whole("size", 1 << 20, 1 << 20, 1 << 20).Floats("one", new Nd([], [1])).Node("big", "Fill",
            ["size", "one"]).Node("out", "Add", ["in", "big"]));

    [Fact]
    public void ManyConstantsOfSomeSize()
    {
        TinyGraph graph = Start().Whole("size", 1 << 13, 1 << 10).Floats("one", new Nd([], [1])).Node("sum0", "Identity", ["in"]);
        for (int i = 0; i < 2000; i++)
            graph.Node($"big{i}", "Fill", ["size", "one"]).Node($"sum{i + 1}", "Add", [$"sum{i}", $"big{i}"]);
        Refused(graph.Node("out", "Identity", ["sum2000"]));
    }

    [Fact]
    public void OneConstantReducedAgainAndAgain()
    {
        TinyGraph graph = Start().Whole("size", 1 << 13, 1 << 11).Floats("one", new Nd([], [1])).Node("big", "Fill", ["size", "one"])
            .Whole("axes", 0, 1).Node("sum0", "Identity", ["in"]);
        for (int i = 0; i < 2000; i++)
            graph.Node($"small{i}", "Max", ["big", "axes"]).Node($"sum{i + 1}", "Add", [$"sum{i}", $"small{i}"]);
        Refused(graph.Node("out", "Identity", ["sum2000"]));
    }

    [Fact]
    public void ManyPlaceholders()
    {
        TinyGraph graph = Start();
        for (int i = 0; i < 5000; i++)
            graph.Input($"in{i}", -1, -1, -1, 1);
        Refused(graph.Node("out", "AddN", [.. Enumerable.Range(0, 5000).Select(i => $"in{i}")]));
    }

    [Fact]
    public void QuotientsOfQuotients()
    {
        TinyGraph graph = Start().Node("s0", "Shape", ["in"]).Scalar("three", 3);
        for (int i = 0; i < 500; i++)
            graph.Node($"s{i + 1}", "FloorDiv", [$"s{i}", "three"]);
        Refused(graph.Node("out", "Reshape", ["in", "s500"]));
    }

    /// <summary>Depth alone is no reason to refuse a graph, nor to run out of stack.</summary>
    [Fact]
    public void ADeepGraphIsImported()
    {
        TinyGraph graph = Start().Node("t0", "Identity", ["in"]);
        for (int i = 0; i < 20_000; i++)
            graph.Node($"t{i + 1}", i % 2 == 0 ? "Identity" : "Relu", [$"t{i}"]);
        Assert.NotEmpty(Compared.Import(graph.Node("out", "Identity", ["t20000"])).Onnx);
    }
}
