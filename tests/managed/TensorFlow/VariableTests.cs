using BioDL.Core;
using BioDL.Graphs.Files;
using BioDL.TensorFlow;
using BioDL.TensorFlow.Reading;
using Entry = BioDL.Tests.TensorFlow.TinySavedModel.Entry;

namespace BioDL.Tests.TensorFlow;

/// <summary>Variables of SavedModels: found, checked, and refused where they are damaged.</summary>
public sealed class VariableTests
{
    private static readonly TinyGraph.ElementType Float = new(TfTypes.Float);
    private static readonly Nd Kernel = Nd.Random(1, 3, 3, 2, 3), Bias = Nd.Random(2, 3);

    private static (string, object)[] Same => [("strides", (int[])[1, 1, 1, 1]), ("padding", "SAME"), ("data_format", "NHWC")];

    private static TinyGraph Start() => new TinyGraph().Input("in", -1, -1, -1, 2);

    /// <summary>As TensorFlow 1 writes it.</summary>
    private static TinyGraph References() => Start()
        .Node("w", "VariableV2", [], ("dtype", Float), ("shape", new TinyGraph.Shape(3, 3, 2, 3))).Node("w/read", "Identity", ["w"])
        .Node("b", "VariableV2", [], ("dtype", Float), ("shape", new TinyGraph.Shape(3))).Node("b/read", "Identity", ["b"])
        .Node("conv", "Conv2D", ["in", "w/read"], Same).Node("out", "BiasAdd", ["conv", "b/read"], ("data_format", "NHWC"));

    private static MemoryFiles Saved() => TinySavedModel.Files(References(), "in", "out", ("w", Kernel), ("b", Bias));

    /// <summary>The same network as ONNX, whatever its variables were called.</summary>
    private static void CheckImports(TinyGraph graph, string w, string b)
    {
        ImportedNetwork network = TensorFlowImporter.Import(TinySavedModel.Files(graph, "in", "out", (w, Kernel), (b, Bias),
            ("unused", Bias)), "saved_model.pb", []);
        Assert.Equal(2, network.Variables);
        Nd input = Nd.Random(3, 1, 5, 6, 2);
        Nd expected = PlainGraph.Of(References().Bytes, input, node => node.Name == "w" ? Kernel : Bias).Value(new TfPort("out", 0))!;
        Assert.True(NetworkRun.Of(network, input)[0].Deviation(expected) < Compared.Tolerance);
    }

    [Fact]
    public void ReferenceVariablesGoByTheirName() => CheckImports(References(), "w", "b");

    private static TinyGraph Resources(string shared) => Start()
        .Node("w", "VarHandleOp", [], ("dtype", Float), ("shape", new TinyGraph.Shape(3, 3, 2, 3)), ("shared_name", shared + "w"))
        .Node("w/read", "ReadVariableOp", ["w"])
        .Node("b", "VarHandleOp", [], ("dtype", Float), ("shape", new TinyGraph.Shape(3)), ("shared_name", shared + "b"))
        .Define("body", ["x", "k", "h"], [("y", "a:output:0")], TinyGraph.NodeBytes("c", "Conv2D", ["x", "k"], Same),
            TinyGraph.NodeBytes("r", "ReadVariableOp", ["h"]), TinyGraph.NodeBytes("a", "BiasAdd", ["c:output:0", "r:value:0"],
                ("data_format", "NHWC")))
        .Node("out", "StatefulPartitionedCall", ["in", "w/read", "b"], ("f", new TinyGraph.Function("body")));

    [Fact]
    public void ResourceVariablesGoByTheirSharedName() => CheckImports(Resources("net/"), "net/w", "net/b");

    [Fact]
    public void ResourceVariablesGoByTheCheckpointsSuffix() =>
        CheckImports(Resources(""), "w/.ATTRIBUTES/VARIABLE_VALUE", "b/.ATTRIBUTES/VARIABLE_VALUE");

    /// <summary>The names are swapped on purpose: what the graph restores counts for more than what a variable is called.</summary>
    [Fact]
    public void TheGraphsOwnRestoringCounts()
    {
        TinyGraph graph = Resources("").Node("prefix", "Const", [], ("dtype", new TinyGraph.ElementType(TfTypes.String)))
            .Node("names", "Const", [], ("value", (string[])["b", "w"])).Node("restored", "RestoreV2", ["prefix", "names", "names"])
            .Node("i0", "Identity", ["restored"]).Node("i1", "Identity", ["restored:1"]).Node("a0", "AssignVariableOp", ["w", "i0"])
            .Node("a1", "AssignVariableOp", ["b", "i1"]);
        CheckImports(graph, "b", "w");
    }

    [Fact]
    public void FloatsOfTwoAndEightBytesAreConverted()
    {
        foreach (int type in (int[])[TfTypes.Half, TfTypes.Double])
        {
            byte[] w = [.. Kernel.Values.SelectMany(value => TinyGraph.Element((double)(Half)value, type))],
            b = [.. Bias.Values.SelectMany(value => TinyGraph.Element(value, type))];
            byte[] index = TinySavedModel.Index([new Entry("b", type, [3], 0, w.Length, b.Length,
                TinySavedModel.Masked(TinySavedModel.Crc(b))),
                new Entry("w", type, [3, 3, 2, 3], 0, 0, w.Length, TinySavedModel.Masked(TinySavedModel.Crc(w)))]);
            ImportedNetwork network = TensorFlowImporter.Import(With(index, [.. w, .. b]), "saved_model.pb", []);
            Nd input = Nd.Random(3, 1, 5, 6, 2);
            Nd expected = PlainGraph.Of(References().Bytes, input, node => node.Name == "w" ? Kernel.Map(value => (double)(Half)value)
                : Bias).Value(new TfPort("out", 0))!;
            // A half of the bias's numbers up to 1 errs by up to 2^-12.
            Assert.True(NetworkRun.Of(network, input)[0].Deviation(expected) < (type == TfTypes.Half ? 3e-4 : Compared.Tolerance));
        }
    }

    private static MemoryFiles With(byte[] index, byte[]? data = null)
    {
        MemoryFiles saved = Saved();
        return new MemoryFiles(("saved_model.pb", saved.Read("saved_model.pb", 1 << 20)), ("variables/variables.index", index),
            ("variables/variables.data-00000-of-00001", data ?? saved.Read("variables/variables.data-00000-of-00001", 1 << 20)));
    }

    private static string Refused(byte[] index)
    {
        BioDLException error = Assert.Throws<BioDLException>(() => TensorFlowImporter.Import(With(index), "saved_model.pb", []));
        Assert.Contains(error.Status, (Status[])[Status.ModelInvalid, Status.ModelUnsupported, Status.NotFound]);
        return error.Message;
    }

    [Fact]
    public void HostileEntriesAreRefused()
    {
        byte[] bias = [.. Bias.Values.SelectMany(value => TinyGraph.Element(value, TfTypes.Float))];
        Entry good = new("b", TfTypes.Float, [3], 0, 0, 12, TinySavedModel.Masked(TinySavedModel.Crc(bias))),
            kernel = new("w", TfTypes.Float, [3, 3, 2, 3], 0, 12, 216, 0);
        Assert.Contains("checksum", Refused(TinySavedModel.Index([good, kernel])));
        Assert.Contains("Snappy", Refused(TinySavedModel.Index([good, kernel], kind: 1)));
        Assert.Contains("data files", Refused(TinySavedModel.Index([good, kernel], shards: 1L << 40)));
        Assert.Contains("data files", Refused(TinySavedModel.Index([good, kernel], shards: -1)));
        Assert.Contains("not among", Refused(TinySavedModel.Index([good])));
        Assert.Contains("in parts", Refused(TinySavedModel.Index([good, kernel with { Sliced = true }])));
        foreach (Entry bad in (Entry[])[kernel with { Offset = -1 }, kernel with { Offset = long.MaxValue },
            kernel with { Size = 1L << 40 }, kernel with { Size = -4 },
            kernel with { Shape = [3, 3, 2, -3] }, kernel with { Shape = [1L << 60, 1L << 60] }, kernel with
            {
                Shape = [1 << 20, 1 << 20],
                Size = 4L << 40,
            },
            kernel with { Shard = 1 }, kernel with { Shard = -1 }, kernel with { Type = TfTypes.String }, kernel with { Type = 99 }])
        {
            Assert.Contains("damaged", Refused(TinySavedModel.Index([good, bad])));
        }
    }

    [Fact]
    public void AVariableOfAnotherShapeIsRefused()
    {
        MemoryFiles files = TinySavedModel.Files(References(), "in", "out", ("w", Nd.Random(1, 3, 3, 3, 2)), ("b", Bias));
        Assert.Contains("shape", Assert.Throws<BioDLException>(() => TensorFlowImporter.Import(files, "saved_model.pb", [])).Message);
    }

    [Fact]
    public void WithoutVariablesTheErrorSaysSo()
    {
        var files = new MemoryFiles(("saved_model.pb", Saved().Read("saved_model.pb", 1 << 20)));
        Assert.Contains("\"variables\"",
            Assert.Throws<BioDLException>(() => TensorFlowImporter.Import(files, "saved_model.pb", [])).Message);
    }

    /// <summary>Every byte of every file changed, and every file cut everywhere: an error that says so, or the same network.</summary>
    [Theory]
    [InlineData("variables/variables.index", true)]
    [InlineData("variables/variables.data-00000-of-00001", true)]
    [InlineData("saved_model.pb", false)]
    public void DamagedFiles(string name, bool checksummed)
    {
        MemoryFiles saved = Saved();
        byte[] right = TensorFlowImporter.Import(saved, "saved_model.pb", []).Onnx, whole = saved.Read(name, 1 << 20);
        foreach (byte[] damaged in Flipped(whole).Concat(Enumerable.Range(0, whole.Length).Select(length => whole[..length])))
        {
            var files = new MemoryFiles([.. saved.Names.Select(file => (file, file == name ? damaged : saved.Read(file, 1 << 20)))]);
            try
            {
                byte[] onnx = TensorFlowImporter.Import(files, "saved_model.pb", []).Onnx;
                // A changed graph may be another graph; changed variables must never pass for the right ones.
                Assert.True(!checksummed || onnx.AsSpan().SequenceEqual(right));
                _ = OnnxReader.Read(onnx, "test");
            }
            catch (BioDLException error)
            {
                Assert.Contains(error.Status, (Status[])[Status.ModelInvalid, Status.ModelUnsupported, Status.NotFound]);
                Assert.NotEmpty(error.Hint + (error.Status == Status.NotFound ? " " : ""));
            }
        }
    }

    private static IEnumerable<byte[]> Flipped(byte[] whole)
    {
        foreach (byte mask in (byte[])[0x01, 0x80, 0xff])
        {
            for (int i = 0; i < whole.Length; i++)
            {
                byte[] damaged = (byte[])whole.Clone();
                damaged[i] ^= mask;
                yield return damaged;
            }
        }
    }
}
