using BioDL.Graphs.Files;
using BioDL.TensorFlow;
using BioDL.TensorFlow.Reading;

namespace BioDL.Tests.TensorFlow;

/// <summary>An imported graph, run by ONNX Runtime, against the plain computation of the same graph.</summary>
internal static class Compared
{
    /// <summary>
    /// Sums of some hundred products of numbers up to 1 in float32: each addition errs by up to 6e-8 of the sum, which is up to some 20
    /// here, so
    /// that 1e-5 is met with room; an error in a single pixel or weight is thousands of times larger.
    /// </summary>
    public const double Tolerance = 2e-5;

    public static ImportedNetwork Import(TinyGraph graph, params string[] outputs) =>
        TensorFlowImporter.Import(new MemoryFiles(("graph.pb", graph.Bytes)), "graph.pb", outputs.Length > 0 ? outputs : ["out"]);

    /// <summary>Import, run, compare the output "out".</summary>
    /// <returns>the operators of the imported network, in order</returns>
    public static string[] Check(TinyGraph graph, Nd input, double tolerance = Tolerance)
    {
        ImportedNetwork network = Import(graph);
        Nd expected = PlainGraph.Of(graph.Bytes, input).Value(new TfPort("out", 0))!;
        Nd output = NetworkRun.Of(network, input)[0];
        double deviation = output.Deviation(expected);
        Assert.True(deviation <= tolerance * Math.Max(1, expected.Values.Max(Math.Abs)),
            $"deviates by {deviation}: ({string.Join(", ", output.Shape)}) for ({string.Join(", ", expected.Shape)})");
        return Operators(network);
    }

    public static string[] Operators(ImportedNetwork network) =>
        [.. OnnxReader.Read(network.Onnx, "test").Nodes.Select(node => node.Operator)];
}
