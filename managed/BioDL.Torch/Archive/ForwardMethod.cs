using BioDL.Core;

namespace BioDL.Torch.Archive;

/// <summary>What a network's method forward takes and gives, read from its code.</summary>
/// <param name="Inputs">tensors that it must have, those with defaults left out; null when it takes one list of tensors, of any
/// length</param>
/// <param name="Method">that a run calls: forward, or one that gives the values of forward's dictionary as a list</param>
internal sealed record ForwardMethod(int? Inputs, string Method)
{
    private const string Forward = "forward", Values = "biodl_values";

    public bool TakesList => Inputs is null;

    /// <summary>Look for it; where it gives a dictionary, which LibTorchSharp does not pass on, add a method to the code.</summary>
    /// <param name="code">the file of the module's class</param>
    /// <param name="name">of the class, such as "Net"</param>
    /// <param name="errors">words errors</param>
    /// <returns>the method, and the code</returns>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/></exception>
    public static (ForwardMethod Method, string Code) Of(string code, string name, TorchErrors errors)
    {
        List<SourceToken> tokens = SourceTokens.Of(code);
        int start = tokens.FindIndex(token => token.Is("class")), at = -1;
        for (; start >= 0 && at < 0; start = tokens.FindIndex(start + 1, token => token.Is("class")))
        {
            if (start + 1 < tokens.Count && tokens[start + 1].Is(name))
                at = Find(tokens, start + 1);
        }
        if (at < 0)
            throw errors.Invalid("has no method forward");
        int open = at + 2, close = End(tokens, open);
        Argument[] arguments = [.. Split(tokens, open + 1, close).Select(range => Argument.Of(tokens, range)).Skip(1)
            .Where(argument => !argument.HasDefault)];
        bool list = arguments is [{ Type: "List[Tensor]" }];
        if (!list && arguments.FirstOrDefault(argument => argument.Type is not ("Tensor" or "Optional[Tensor]" or "Any" or ""))
            is { } strange)
            throw errors.Invalid($"has a method forward that takes {strange.Name} of type {strange.Type}, which is no tensor");
        string gives = Gives(tokens, close);
        if (!gives.StartsWith("Dict[", StringComparison.Ordinal))
            return (new ForwardMethod(list ? null : arguments.Length, Forward), code);
        if (!gives.EndsWith(",Tensor]", StringComparison.Ordinal))
            throw errors.Invalid($"gives a {gives} where tensors were expected");
        return (new ForwardMethod(list ? null : arguments.Length, Values),
            code.Insert(tokens[at].Start, Dictionary(tokens, open, arguments)));
    }

    /// <summary>The token "def" of forward in the class whose name is at that place.</summary>
    private static int Find(List<SourceToken> tokens, int place)
    {
        for (int i = place + 1; i + 2 < tokens.Count && !tokens[i].Is("class"); i++)
        {
            if (tokens[i].Is("def") && tokens[i + 1].Is(Forward) && tokens[i + 2].Is("("))
                return i;
        }
        return -1;
    }

    private static int End(List<SourceToken> tokens, int open)
    {
        int depth = 0, at = open;
        for (; at < tokens.Count; at++)
        {
            depth += Depth(tokens[at]);
            if (depth == 0)
                break;
        }
        return at;
    }

    private static int Depth(SourceToken token) => token.Is("(") || token.Is("[") ? 1 : token.Is(")") || token.Is("]") ? -1 : 0;

    private static IEnumerable<Range> Split(List<SourceToken> tokens, int from, int to)
    {
        int depth = 0, start = from;
        for (int i = from; i < to; i++)
        {
            depth += Depth(tokens[i]);
            if (depth != 0 || !tokens[i].Is(","))
                continue;
            yield return start..i;
            start = i + 1;
        }
        if (start < to)
            yield return start..to;
    }

    private static string Gives(List<SourceToken> tokens, int close)
    {
        if (close + 2 >= tokens.Count || !tokens[close + 1].Is("-") || !tokens[close + 2].Is(">"))
            return "";
        return string.Concat(tokens.Skip(close + 3).TakeWhile(token => !token.Is(":")).Select(token => token.Text));
    }

    private static string Dictionary(List<SourceToken> tokens, int open, Argument[] arguments)
    {
        string self = string.Concat(tokens.Skip(open + 1).TakeWhile(token => !token.Is(",") && !token.Is(")")).Select(token => token.Text));
        string taken = string.Concat(arguments.Select(argument =>
            $", {argument.Name}: {(argument.Type.Length > 0 ? argument.Type : "Tensor")}"));
        string given = string.Concat(arguments.Select(argument => argument.Name + ", "));
        return $"def {Values}({self}{taken}) -> List[Tensor]:\n    return torch.values((self).{Forward}({given}))\n  ";
    }

    /// <param name="Name">of a parameter</param>
    /// <param name="Type">without spaces; "" where there is none, which means a tensor</param>
    /// <param name="HasDefault">it may be left out</param>
    private sealed record Argument(string Name, string Type, bool HasDefault)
    {
        public static Argument Of(List<SourceToken> tokens, Range range)
        {
            List<SourceToken> own = tokens[range];
            int equals = own.FindIndex(token => token.Is("="));
            string type = own.Count > 2 && own[1].Is(":")
                ? string.Concat(own[2..(equals < 0 ? own.Count : equals)].Select(token => token.Text)) : "";
            return new Argument(own.Count > 0 ? own[0].Text : "", type, equals >= 0);
        }
    }
}
