namespace BioDL.Torch.Archive;

/// <summary>A piece of TorchScript source.</summary>
/// <param name="Kind">what it is</param>
/// <param name="Text">of a text without its quotes, as it is written</param>
/// <param name="Start">its first letter in the source</param>
internal readonly record struct SourceToken(TokenKind Kind, string Text, int Start)
{
    public bool Is(string text) => Kind != TokenKind.Text && Text == text;
}

internal enum TokenKind
{
    /// <summary>A name or a keyword.</summary>
    Name,
    Number,
    Text,

    /// <summary>One letter that is neither.</summary>
    Sign,
}

/// <summary>
/// Cuts TorchScript source into names, numbers, texts and signs as libtorch's lexer does. Comments are dropped, but not those of types,
/// which libtorch reads. The source
/// has passed <see cref="TorchSource"/>, so its texts end.
/// </summary>
internal static class SourceTokens
{
    public static List<SourceToken> Of(string source)
    {
        var tokens = new List<SourceToken>();
        for (int i = 0; i < source.Length;)
        {
            char letter = source[i];
            int start = i;
            if (letter == '#')
                i = CommentEnd(source, i);
            else if (letter is '"' or '\'')
                tokens.Add(Text(source, ref i));
            else if (IsName(letter))
                tokens.Add(new SourceToken(char.IsAsciiDigit(letter) ? TokenKind.Number : TokenKind.Name, Name(source, ref i), start));
            else
            {
                if (!char.IsWhiteSpace(letter) && letter != '\\')
                    tokens.Add(new SourceToken(TokenKind.Sign, letter.ToString(), start));
                i++;
            }
        }
        return tokens;
    }

    private static bool IsName(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_' || letter > 127;

    private static string Name(string source, ref int at)
    {
        int start = at;
        while (at < source.Length && IsName(source[at]))
            at++;
        return source[start..at];
    }

    /// <summary>A comment such as "# type: (Tensor) -> Tensor" is source; only its sign is passed over.</summary>
    private static int CommentEnd(string source, int start)
    {
        int end = source.IndexOf('\n', start);
        string comment = source[(start + 1)..(end < 0 ? source.Length : end)].TrimStart();
        return comment.StartsWith("type", StringComparison.Ordinal) ? start + 1 : end < 0 ? source.Length : end;
    }

    private static SourceToken Text(string source, ref int at)
    {
        int start = at, end = TorchSource.TextEnd(source, at) ?? source.Length - 1;
        bool triple = source.AsSpan(at).StartsWith([source[at], source[at], source[at]]);
        int quotes = triple && end - start >= 5 ? 3 : 1;
        at = end + 1;
        return new SourceToken(TokenKind.Text, source[(start + quotes)..Math.Max(start + quotes, end + 1 - quotes)], start);
    }
}
