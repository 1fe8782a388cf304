using System.Text;
using System.Text.RegularExpressions;

namespace BioDL.Fuzz;

/// <summary>Changes of YAML and JSON: values, lines and structure.</summary>
internal static partial class TextMutations
{
    private static readonly string[] Values =
    [
        "0", "-1", "1", "2147483647", "2147483648", "-2147483648", "99999999999999999999", "1e308", "-1e308", "1e-320", ".nan", ".inf",
        "NaN", "null", "~", "true",
        "[]", "{}", "''", "\"\"", "[[]]", "[0]", "[-1, -1]", "{a: b}", "byxc", "bczyx", "bbbb", "xyz", "batch", "channel", "space",
        "float32", "uint64", "onnx",
        "../../../../etc/passwd", "/etc/passwd", "..", "C:\\\\x", "weights.onnx", "http://127.0.0.1:9/x", "softmax", "scale_range", "clip",
        "unknown_step", "0.5.999", "0.4.0",
        "&a [*a]", "*a", "!!python/object:os.system x", "\"\\u0000\"", "99999", "65536", "-0.0", "0x7fffffff", "1_000", "input", "y", "b",
    ];

    internal static byte[] Apply(byte[] bytes, Random random)
    {
        string text = Encoding.UTF8.GetString(bytes);
        for (int changes = random.Next(1, 4); changes > 0; changes--)
            text = Change(text, random);
        return Encoding.UTF8.GetBytes(text);
    }

    private static string Change(string text, Random random)
    {
        List<string> lines = [.. text.Split('\n')];
        int at = random.Next(lines.Count), other = random.Next(lines.Count);
        switch (random.Next(10))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(other, lines[at]);
                break;
            case 2:
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case 3:
                lines[at] = new string(' ', random.Next(12)) + lines[at].TrimStart();
                break;
            case 4:
                lines[at] = Deep(lines[at], random);
                break;
            case 5:
                lines[at] = lines[at].Replace(":", ": " + new string('x', random.Next(1, 20000)), StringComparison.Ordinal);
                break;
            default:
                return Value(text, random);
        }
        return string.Join('\n', lines);
    }

    /// <summary>Another value in the place of a number, a word behind a colon or an item.</summary>
    private static string Value(string text, Random random)
    {
        MatchCollection tokens = Tokens().Matches(text);
        if (tokens.Count == 0)
            return text;
        Group token = tokens[random.Next(tokens.Count)].Groups[1];
        string value = random.Next(4) == 0 ? tokens[random.Next(tokens.Count)].Groups[1].Value : Values[random.Next(Values.Length)];
        return text[..token.Index] + value + text[(token.Index + token.Length)..];
    }

    private static string Deep(string line, Random random)
    {
        int depth = random.Next(1, 3) == 1 ? 20 : 20000;
        return line + (random.Next(2) == 0 ? new string('[', depth) : string.Concat(Enumerable.Repeat("{a: ", depth)));
    }

    [GeneratedRegex(@"(?:[:,\[]\s*|-\s+)([^\s,:\[\]{}][^\n,\]}]*)")]
    private static partial Regex Tokens();
}
