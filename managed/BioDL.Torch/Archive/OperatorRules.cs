using BioDL.Core;

namespace BioDL.Torch.Archive;

/// <summary>
/// Operators that a network has no use for and a hostile script has. Every code file of an archive is looked through, also functions that
/// nothing calls, before libtorch sees
/// it. The worker's limits hold beside this: it has no network and can open no file.
/// </summary>
/// <remarks>
/// TorchScript reaches an operator as torch.NAME, ops.SPACE.NAME, VALUE.NAME or getattr(VALUE, "NAME"), and may give torch, ops and methods
/// other names by assignment. Hence
/// a forbidden name is refused after any dot, unless it is itself followed by a dot, as a part of a module is.
/// </remarks>
internal static class OperatorRules
{
    /// <summary>Everything else (quantized, prepacked, c10d, profiler, operators of other libraries) is not allowed.</summary>
    private static readonly string[] Spaces = ["aten", "prim"];

    private static readonly string[] Forbidden = ["save", "load"];

    private static readonly string[] ForbiddenStarts =
    [
        // files
        "from_file",
        // Python and other processes
        "PythonOp", "rpc_",
        // take bytes of a tensor for a structure in memory
        "fbgemm_", "_fbgemm",
        // trust strides, offsets or indices that the script gives
        "_reshape_alias", "_index_put_impl", "_sparse", "sparse_", "_coalesced", "_nested", "_convert_indices", "_make_per_",
            "segment_reduce", "_segment_reduce",
        // for PyTorch's own tests
        "_test_",
    ];

    /// <exception cref="BioDLException"><see cref="Status.ModelUnsupported"/></exception>
    public static void Check(IReadOnlyList<SourceToken> tokens, string file, TorchErrors errors)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            SourceToken At(int offset) => i + offset >= 0 && i + offset < tokens.Count ? tokens[i + offset] : default;
            if (tokens[i].Kind != TokenKind.Name)
                continue;
            string? refused = At(-1).Is(".") ? Member(At) : tokens[i].Text switch
            {
                "ops" => Space(At),
                "torch" => At(1).Is(".") ? null : "torch",
                "__torch__" => At(1).Is(".") ? Own(At) : "__torch__",
                "getattr" => Attribute(tokens, i),
                var name => name.StartsWith("rpc_", StringComparison.Ordinal) && At(1).Is("(") ? "prim::" + name : null,
            };
            if (refused is not null)
                throw errors.Unsupported($"uses {refused} in {file}, which a network is not allowed to: it could reach files, other "
                    + "programs or their memory");
        }
    }

    /// <summary>A name after a dot.</summary>
    private static string? Member(Func<int, SourceToken> at)
    {
        string name = at(0).Text;
        if (name == "classes" && at(-2).Is("torch"))
            return "torch.classes";
        bool part = at(1).Is(".") || (at(1).Is(")") && at(2).Is("."));
        return IsForbidden(name) && !part ? "aten::" + name : null;
    }

    /// <summary>ops.aten.NAME or ops.prim.NAME, and nothing else.</summary>
    private static string? Space(Func<int, SourceToken> at)
    {
        bool whole = at(1).Is(".") && at(2).Kind == TokenKind.Name && at(3).Is(".") && at(4).Kind == TokenKind.Name;
        if (!whole)
            return "ops";
        return Spaces.Contains(at(2).Text) ? IsForbidden(at(4).Text) ? $"{at(2).Text}::{at(4).Text}" : null : $"{at(2).Text}::{at(4).Text}";
    }

    /// <summary>
    /// Classes of the archive may be named after Python modules of torch; those that libtorch has compiled in are torch.classes.
    /// </summary>
    private static string? Own(Func<int, SourceToken> at) =>
        at(2).Is("torch") && (!at(3).Is(".") || at(4).Is("classes") || at(4).Kind != TokenKind.Name) ? "torch.classes" : null;

    /// <summary>getattr(VALUE, "NAME"), the name in plain letters.</summary>
    private static string? Attribute(IReadOnlyList<SourceToken> tokens, int start)
    {
        int depth = 0, end = start + 1;
        for (; end < tokens.Count; end++)
        {
            depth += tokens[end].Is("(") ? 1 : tokens[end].Is(")") ? -1 : 0;
            if (depth <= 0)
                break;
        }
        bool plain = end < tokens.Count && tokens[end].Is(")") && tokens[end - 1].Kind == TokenKind.Text && tokens[end - 2].Is(",")
            && !tokens[end - 1].Text.Contains('\\');
        return !plain ? "getattr" : IsForbidden(tokens[end - 1].Text) ? "aten::" + tokens[end - 1].Text : null;
    }

    private static bool IsForbidden(string name) =>
        Forbidden.Contains(name) || ForbiddenStarts.Any(start => name.StartsWith(start, StringComparison.Ordinal));
}
