using System.CommandLine;
using System.CommandLine.Parsing;

namespace BioDL.Cli.Commands;

/// <summary>What is wrong with a command line, whichever its verb: the library's own errors, unknown options and empty values.</summary>
internal static class LineFaults
{
    internal static IReadOnlyList<string> Of(ParseResult parsed) =>
        [.. (parsed.Errors.Count > 0 ? parsed.Errors.Select(Text) : UnknownOptions(parsed).Concat(Empty(parsed))).Distinct()];

    /// <summary>What looks like an option and was taken for an argument. Behind -- everything is an argument.</summary>
    private static IEnumerable<string> UnknownOptions(ParseResult parsed)
    {
        int arguments = parsed.Tokens.Select(token => token.Type).ToList().IndexOf(TokenType.DoubleDash);
        HashSet<Token> behind = arguments < 0 ? [] : new(parsed.Tokens.Skip(arguments), ReferenceEqualityComparer.Instance);
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Where(token => token.Value is ['-', _, ..] && !behind.Contains(token))
            .Select(token => $"{token.Value} is no option of this verb; put -- before files with such a name");
    }

    /// <summary>A shell's variable that is not set: never a file, and never a reason to take a default.</summary>
    private static IEnumerable<string> Empty(ParseResult parsed) => parsed.CommandResult.Children
        .Where(result => result.Tokens.Any(token => token.Value.Length == 0))
        .Select(result => result is ArgumentResult argument ? $"{argument.Argument.Name} is empty"
            : $"{((OptionResult)result).Option.Name} is empty");

    // The library's own text does not say which argument is missing. An option's argument has the option as its parent.
    private static string Text(ParseError error) => error.SymbolResult is ArgumentResult { Tokens.Count: 0, Parent: CommandResult } missing
        ? $"{missing.Argument.Name} is missing" : error.Message;
}
