using BioDL.Core;
using BioDL.Graphs.Editing;
using BioDL.Graphs.Files;
using static BioDL.Tests.Graphs.NetworkMaker;

namespace BioDL.Tests.Graphs;

/// <summary>A guarded division gives what an unguarded one gives, and the smallest number by -1 besides.</summary>
public class DivisionGuardTests
{
    private const int Int32 = 6, Whole64 = 7;

    /// <summary>Float32 has 24 bits: small numbers, and the smallest, which is a power of two.</summary>
    private static float[] Dividends(int type) => [0, 1, -1, 7, -7, 100, -128, 12345, type == Int32 ? int.MinValue : long.MinValue];

    public static TheoryData<string, int> Divisions => new() { { "Div", Int32 }, { "Div", Whole64 }, { "Mod", Int32 }, { "Mod", Whole64 } };

    [Theory]
    [MemberData(nameof(Divisions))]
    public void Whole_numbers_are_divided_as_ever(string operation, int type)
    {
        foreach (float divisor in new float[] { -1, 1, 2, -2, 3, -7 })
        {
            var maker = new NetworkMaker();
            maker.Input("a", Float, 1, 1, 1, null);
            maker.Input("b", Float, 1, 1, 1, null);
            string result = maker.Node(operation, [maker.Node("Cast", ["a"], ("to", type)), maker.Node("Cast", ["b"], ("to", type))]);
            maker.Add("Cast", [result], [maker.Output("y")], "", ("to", Float));
            float[] dividends = Dividends(type);
            Assert.Equal(dividends.Select(a => Expected(operation, (long)a, (long)divisor, type)),
                Run(maker.Bytes(), dividends, divisor, guarded: true));
        }
    }

    /// <summary>The type inside a function is known from its calls only, and after an operator of another domain not at all.</summary>
    [Theory]
    [InlineData(Int32)]
    [InlineData(Whole64)]
    [InlineData(Float)]
    public void Types_follow_functions_and_those_that_are_lost_divide_as_ever(int type)
    {
        foreach (bool lost in new[] { false, true })
        {
            byte[] network = Network(type, lost);
            float[] dividends = type == Float ? [0, 1.5f, -7.25f, float.PositiveInfinity, 1e-30f] : Dividends(type);
            foreach (float divisor in new float[] { -1, 2, -3 })
                Assert.Equal(dividends.Select(a => type == Float ? a / divisor : Expected("Div", (long)a, (long)divisor, type)),
                    Run(network, dividends, divisor, guarded: lost || type != Float));
        }
    }

    [Fact]
    public void Divisions_that_cannot_trap_stay_as_they_are()
    {
        var maker = new NetworkMaker();
        maker.Input("x", Float, 1, 1, null, null);
        string size = NetworkKinds.SizeOf(maker, "x", 2, times: 2, over: 3);
        string whole = maker.Node("Mod", [size, maker.Integers(-2)]);
        string real = maker.Node("Div", ["x", maker.Node("ReduceMax", ["x"])]);
        maker.Add("Add", [maker.Node("Cast", [whole], ("to", Float)), real], [maker.Output("y")]);
        byte[] onnx = maker.Bytes();
        Assert.Same(onnx, DivisionGuard.Of(onnx, OnnxReader.Read(onnx, "shapes")));
    }

    [Fact]
    public void Operators_too_old_for_a_guard_are_refused_by_name()
    {
        var maker = new NetworkMaker(8);
        maker.Input("x", Float, 1, 1, null, null);
        string a = maker.Node("Cast", ["x"], ("to", Int32));
        maker.Add("Cast", [maker.Node("Div", [a, a])], [maker.Output("y")], "", ("to", Float));
        var error = Assert.Throws<BioDLException>(() => OnnxReader.Read(maker.Bytes(), "old.onnx"));
        Assert.Equal(Status.ModelUnsupported, error.Status);
        Assert.Contains("Div in old.onnx", error.Message);
    }

    /// <summary>A division in a function, or of what an operator of ONNX Runtime's own gives.</summary>
    private static byte[] Network(int type, bool lost)
    {
        var maker = new NetworkMaker { Opsets = { ("own", 1), ("com.microsoft", 1) } };
        maker.Input("a", Float, 1, 1, 1, null);
        maker.Input("b", Float, 1, 1, 1, null);
        string a = maker.Node("Cast", ["a"], ("to", type)), b = maker.Node("Cast", ["b"], ("to", type));
        if (lost)
        {
            maker.Add("ExpandDims", [a, maker.Constant(Int32, new byte[4], [])], ["a/lost"], "com.microsoft");
            maker.Add("ExpandDims", [b, maker.Constant(Int32, new byte[4], [])], ["b/lost"], "com.microsoft");
            maker.Add("Div", ["a/lost", "b/lost"], ["quotient"]);
        }
        else
            maker.Add("Ratio", [a, b], ["quotient"], "own");
        maker.Add("Cast", ["quotient"], [maker.Output("y", rank: lost ? 5 : 4)], "", ("to", Float));
        byte[] function = Join(Field(1, "Ratio"), Field(4, "p"), Field(4, "q"), Field(5, "r"),
            Field(7, NodeBytes("Div", ["p", "q"], ["r"], "")), Field(9, Join(Field(1, ""), Number(2, 17))), Field(10, "own"));
        return lost ? maker.Bytes() : Join(maker.Bytes(), Field(25, function));
    }

    private static float[] Run(byte[] onnx, float[] dividends, float divisor, bool guarded)
    {
        byte[] safe = DivisionGuard.Of(onnx, OnnxReader.Read(onnx, "divides"));
        Assert.Equal(guarded, safe != onnx);
        using var run = new OrtRun(safe);
        return run.Run(("a", new Values(dividends, [1, 1, 1, dividends.Length])),
            ("b", new Values([.. Enumerable.Repeat(divisor, dividends.Length)], [1, 1, 1, dividends.Length])))[0].Data;
    }

    /// <summary>ONNX: Div is rounded towards zero, Mod has the sign of the divisor; what overflows wraps around.</summary>
    private static float Expected(string operation, long a, long b, int type)
    {
        if (operation == "Mod")
            return b == -1 ? 0 : a % b != 0 && (a % b < 0) != (b < 0) ? a % b + b : a % b;
        return b == -1 ? type == Int32 ? unchecked((int)-a) : unchecked(-a) : a / b;
    }
}
