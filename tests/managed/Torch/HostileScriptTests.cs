using BioDL.Conformance;
using BioDL.Core;
using BioDL.Torch;
using static BioDL.Tests.Torch.TorchScripts;

namespace BioDL.Tests.Torch;

/// <summary>TorchScript files are untrusted: none of these crashes, runs anything while it is loaded, or reaches a file.</summary>
[Collection(WorkerCollection.Name)]
public class HostileScriptTests
{
    [SkippableTheory]
    [InlineData("torch.save(x, \"FILE\")\nreturn x", "aten::save")]
    [InlineData("return torch.from_file(\"FILE\", None, 4)", "aten::from_file")]
    [InlineData("return torch._reshape_alias(x, [1000000], [1])", "aten::_reshape_alias")]
    [InlineData("return torch._sparse_coo_tensor_unsafe(x, x, [4])", "aten::_sparse")]
    [InlineData("return torch._index_put_impl_(x, [x], x, False, True)", "aten::_index_put_impl_")]
    [InlineData("return ops.quantized.add(x, x, 1., 0)", "quantized::add")]
    public void Operators_that_could_reach_further_than_a_network_needs_are_named(string code, string named)
    {
        Require();
        string file = Path.Combine(Path.GetTempPath(), $"biodl-hostile-{Guid.NewGuid():n}");
        Expect(TorchScripts.Of(code.Replace("FILE", file)), Status.ModelUnsupported, named);
        // The same in a method that nothing calls.
        string unused = "  def unused(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n"
            + string.Concat(code.Replace("FILE", file).Split('\n').Select(line => $"    {line}\n"));
        Expect(TorchScripts.Of("return x", more: unused), Status.ModelUnsupported, named);
        Assert.False(File.Exists(file));
    }

    [SkippableFact]
    public void Functions_of_other_files_are_looked_at_too()
    {
        Require();
        TorchScripts script = TorchScripts.Of("return __torch__.helpers.twice(x)").With("code/__torch__/helpers.py",
            "def twice(x: Tensor) -> Tensor:\n  torch.save(x, \"/tmp/x\")\n  return x\n");
        Expect(script, Status.ModelUnsupported, "aten::save");
    }

    [Theory]
    [InlineData("  def __setstate__(self: __torch__.Net,\n    x: int) -> None:\n    return None\n", "__setstate__")]
    [InlineData("  def other(self: __torch__.Net,\n    x: str=torch.save(1, \"/tmp/x\")) -> str:\n    return x\n", "outside of functions")]
    [InlineData("  constant : Final[int] = ops.aten.save(1, \"/tmp/x\")\n", "outside of functions")]
    [InlineData("  constant : Final[int] = ops.aten.save (\n    1, \"/tmp/x\")\n", "outside of functions")]
    public void Code_that_would_run_while_it_is_loaded_is_refused(string member, string says) =>
        Expect(TorchScripts.Of("return x", more: member), Status.ModelUnsupported, says);

    [Theory]
    [InlineData("\u0080\u0002cos\nsystem\n" + "X\u0004\u0000\u0000\u0000true\u0085R.", Status.ModelUnsupported, "os.system")]
    [InlineData("\u0080\u0002c__torch__.torch.classes.quantized\nConv2dPackedParamsBase\n)\u0081.",
        Status.ModelUnsupported, "torch.classes")]
    [InlineData("\u0080\u0002b.", Status.ModelInvalid, "data.pkl")]
    [InlineData("\u0080\u0002t.", Status.ModelInvalid, "data.pkl")]
    [InlineData("\u0080\u0002h\u0007.", Status.ModelInvalid, "data.pkl")]
    [InlineData("\u0080\u0002]q\u0000h\u0000a.", Status.ModelInvalid, "data.pkl")]
    [InlineData("\u0080\u0002i.", Status.ModelInvalid, "0x69")]
    [InlineData("\u0080\u0002X\u00ff\u00ff\u00ff\u007fa.", Status.ModelInvalid, "data.pkl")]
    [InlineData("\u0080\u0002)", Status.ModelInvalid, "too early")]
    public void Pickles_that_torch_would_not_write_are_refused(string pickle, Status status, string says) =>
        Expect(TorchScripts.Of("return x").With("data.pkl", Latin(pickle)), status, says);

    [Fact]
    public void Weights_beyond_their_file_are_refused()
    {
        Expect(OfWeight("FloatStorage", new byte[16], 4, "return x", claimed: 5), Status.ModelInvalid, "16 bytes");
        Expect(OfWeight("FloatStorage", new byte[16], 4, "return x", claimed: long.MaxValue), Status.ModelInvalid, "16 bytes");
        Expect(OfWeight("FloatStorage", new byte[16], 4, "return x").Without("data/0"), Status.ModelInvalid, "-1 bytes");
    }

    [Fact]
    public void Deep_nesting_is_refused_before_it_can_overflow_the_stack()
    {
        Expect(TorchScripts.Of($"return {new string('(', 100_000)}x{new string(')', 100_000)}"), Status.ModelInvalid, "nested");
        Expect(TorchScripts.Of($"return {string.Concat(Enumerable.Repeat("-", 100_000))}x"), Status.ModelInvalid, "too long");
        Expect(TorchScripts.Of(string.Concat(Enumerable.Range(0, 2000).Select(i => $"{new string(' ', i)}if True:\n"))),
            Status.ModelInvalid, "nested");
        string tuples = Empty[..3] + string.Concat(Enumerable.Repeat("\u0085", 100_000)) + ".";
        Expect(TorchScripts.Of("return x").With("data.pkl", Latin(tuples)), Status.ModelInvalid, "nested");
    }

    [SkippableFact]
    public void The_longest_expression_that_is_let_through_does_not_overflow_the_stack()
    {
        Require();
        using TorchNetwork network = TorchScripts.Of($"return {string.Concat(Enumerable.Repeat("x+", 8000))}x").Load();
        Assert.Equal(8001f, Run(network)[0][0]);
    }

    [Fact]
    public void Python_pickles_are_told_from_TorchScript()
    {
        TorchScripts weights = TorchScripts.Of("return x").Without("code/__torch__.py").Without("constants.pkl");
        Expect(weights, Status.ModelUnsupported, "torch.save");
        var error = Assert.Throws<BioDLException>(() => TorchNetwork.Load(() => [0x80, 2, 0x8a, 10], "old.pt", 1, 1));
        Assert.Contains("old.pt is a file of torch.save", error.Message);
        Assert.Equal(Status.ModelInvalid,
            Assert.Throws<BioDLException>(() => TorchNetwork.Load(() => [1, 2, 3, 4, 5], "x.pt", 1, 1)).Status);
        Expect(TorchScripts.Of("return x").With("model.json", "{}"), Status.ModelUnsupported, "first archive format");
        Expect(TorchScripts.Of("return x").With("DATA.PKL", "").Without("version"), Status.ModelInvalid, "version");
    }

    [SkippableFact]
    public void Damaged_archives_never_cause_another_error_than_ours()
    {
        byte[] whole = File.ReadAllBytes(SharedData.File("models", "unet2d_multi_tensor", "weights_torchscript_traced.pt"));
        byte[] small = OfWeight("FloatStorage", new byte[16], 4, "return torch.add(x, self.weight)").Bytes();
        var random = new Random(3);
        for (int round = 0; round < 400; round++)
        {
            byte[] damaged = round % 10 == 0 ? [.. whole] : [.. small];
            if (round % 4 == 0)
                damaged = damaged[..random.Next(damaged.Length)];
            for (int i = 0; i < 1 + round % 5 && damaged.Length > 0; i++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                TorchNetwork.Load(() => damaged, "damaged.pt", 2, 2).Dispose();
            }
            catch (BioDLException error)
            {
                Assert.True(error.Status is Status.ModelInvalid or Status.ModelUnsupported or Status.NotFound, error.Message);
            }
        }
    }

    [SkippableFact]
    public void Damaged_code_and_pickles_with_right_checksums_do_not_end_the_process()
    {
        Require();
        TorchScripts script = OfWeight("FloatStorage", new byte[16], 4, "return torch.add(x, self.weight)");
        string[] parts = ["code/__torch__.py", "data.pkl", "constants.pkl"];
        byte[][] whole = [.. parts.Select(part => script.Entries[part])];
        var random = new Random(4);
        int loaded = 0;
        for (int round = 0; round < 1500; round++)
        {
            for (int i = 0; i < parts.Length; i++)
                script.With(parts[i], whole[i]);
            byte[] damaged = [.. whole[round % 8 == 0 ? 2 : round % 2]];
            for (int i = 0; i < 1 + round % 3; i++)
                damaged[random.Next(damaged.Length)] = (byte)(round % 2 == 0 ? random.Next(32, 127) : random.Next(256));
            script.With(parts[round % 8 == 0 ? 2 : round % 2], damaged);
            try
            {
                script.Load().Dispose();
                loaded++;
            }
            catch (BioDLException error)
            {
                Assert.True(error.Status is Status.ModelInvalid or Status.ModelUnsupported, error.Message);
            }
        }
        Assert.InRange(loaded, 1, 1499);
    }

    private static void Expect(TorchScripts script, Status status, string says)
    {
        var error = Assert.Throws<BioDLException>(() => script.Load());
        Assert.Contains(says, error.Message);
        Assert.Equal(status, error.Status);
        Assert.Contains("net.pt", error.Message);
        Assert.NotEmpty(error.Hint);
    }
}
