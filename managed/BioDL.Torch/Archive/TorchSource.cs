using System.Text.RegularExpressions;
using BioDL.Core;

namespace BioDL.Torch.Archive;

/// <summary>
/// Looks through one code file of an archive before libtorch compiles it. libtorch runs code while it loads an archive in two places, and
/// neither may
/// have any: methods named __setstate__, and expressions outside functions (default values, constants of classes). Its compiler recurses as
/// deep as
/// expressions and blocks are nested, which is bounded here.
/// </summary>
internal static partial class TorchSource
{
    /// <summary>
    /// All that torch.jit.save writes outside of functions, with texts emptied: classes, functions, typed members, the lists of a module's
    /// parts, members of an
    /// enumeration. libtorch 1.13 ends the process at an assignment that it does not expect.
    /// </summary>
    [GeneratedRegex("""^(class \w+(\(\w+\))?:|def \w+\(|\w+ ?: ?\S|__(parameters|buffers|forward_hooks|forward_pre_hooks)__ = \[|__annotations__ = \[\]|__annotations__\[""\] = |op_version_set = \d+$)""")]
    private static partial Regex Declaration();

    private const int MostStatement = 32 << 10, MostBrackets = 100, MostIndents = 48;

    /// <exception cref="BioDLException"><see cref="Status.ModelUnsupported"/>, <see cref="Status.ModelInvalid"/></exception>
    public static void Check(string text, string file, TorchErrors errors)
    {
        if (text.Contains("__setstate__", StringComparison.Ordinal))
            throw errors.Unsupported($"runs code of its own when it is loaded (__setstate__ in {file}), which is not allowed");
        var indents = new Stack<int>();
        int body = -1;  // indent of the function whose body this is
        foreach (string statement in Statements(text, file, errors))
        {
            int indent = statement.Length - statement.TrimStart(' ', '\t').Length;
            while (indents.TryPeek(out int outer) && outer >= indent)
                indents.Pop();
            indents.Push(indent);
            if (indents.Count > MostIndents)
                throw errors.Invalid($"has blocks nested more than {MostIndents} deep in {file}");
            if (body >= 0 && indent > body)
                continue;
            string outside = statement.Trim();
            body = outside.StartsWith("def ", StringComparison.Ordinal) ? indent : -1;
            if (!Declaration().IsMatch(outside))
                throw errors.Invalid($"declares in {file} what TorchScript does not know: {outside[..Math.Min(outside.Length, 80)]}");
            if (Calls(Rest(outside)))
                throw errors.Unsupported($"computes outside of functions in {file}, which would run when it is loaded: "
                    + $"{outside[..Math.Min(outside.Length, 80)]}");
        }
    }

    /// <summary>What follows the name and the first bracket of a function or class.</summary>
    private static string Rest(string statement)
    {
        int name = statement.StartsWith("def ", StringComparison.Ordinal) ? 4 : statement.StartsWith("class ", StringComparison.Ordinal)
            ? 6 : 0;
        if (name == 0)
            return statement;
        int end = name;
        while (end < statement.Length && (char.IsAsciiLetterOrDigit(statement[end]) || statement[end] == '_'))
            end++;
        return end < statement.Length && statement[end] == '(' ? statement[(end + 1)..] : statement[end..];
    }

    /// <summary>A bracket that follows a name, a bracket or a text calls something. Texts were emptied before.</summary>
    private static bool Calls(string statement)
    {
        char before = ' ';
        foreach (char letter in statement)
        {
            if (letter == '(' && (char.IsAsciiLetterOrDigit(before) || before is '_' or ')' or ']' or '"' || before > 127))
                return true;
            before = letter is ' ' or '\t' or '\n' or '\r' or '\\' ? before : letter;
        }
        return false;
    }

    /// <summary>Statements, lines joined while brackets are open; texts are emptied and comments dropped.</summary>
    private static IEnumerable<string> Statements(string text, string file, TorchErrors errors)
    {
        var statement = new System.Text.StringBuilder();
        int brackets = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            char letter = i < text.Length ? text[i] : '\n';
            if (letter is '"' or '\'')
            {
                statement.Append("\"\"");
                i = TextEnd(text, i) ?? throw errors.Invalid($"has a text without end in {file}");
                continue;
            }
            if (letter == '#')
            {
                while (i + 1 < text.Length && text[i + 1] != '\n')
                    i++;
                continue;
            }
            brackets += letter is '(' or '[' or '{' ? 1 : letter is ')' or ']' or '}' ? -1 : 0;
            if (brackets is < 0 or > MostBrackets || statement.Length > MostStatement)
                throw errors.Invalid($"has a statement in {file} that is too long, or nested too deep");
            bool continued = statement.Length > 0 && statement[^1] == '\\';
            if (letter != '\n' || brackets > 0 || (continued && i < text.Length))
            {
                statement.Append(letter);
                continue;
            }
            if (statement.ToString() is var whole && !string.IsNullOrWhiteSpace(whole))
                yield return whole;
            statement.Clear();
        }
        if (brackets != 0)
            throw errors.Invalid($"has open brackets at the end of {file}");
    }

    /// <summary>The place of the last quote of a text, one of three quotes included; null when it does not end.</summary>
    internal static int? TextEnd(string text, int start)
    {
        char quote = text[start];
        bool triple = start + 2 < text.Length && text[start + 1] == quote && text[start + 2] == quote;
        for (int i = start + (triple ? 3 : 1); i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == quote && !triple)
                return i;
            else if (text[i] == quote && i + 2 < text.Length && text[i + 1] == quote && text[i + 2] == quote)
                return i + 2;
            else if (text[i] == '\n' && !triple)
                break;
        }
        return null;
    }
}
