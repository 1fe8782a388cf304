using System.Text.Json;
using BioDL.Cli.Commands;
using BioDL.Cli.Shell;

namespace BioDL.Tests.Cli;

/// <summary>The command line as a shell meets it, in this process.</summary>
internal static class CliRun
{
    internal static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = CommandLine.Run(arguments, new CommandContext(output, error, default, ShowProgress: false));
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>One JSON document a line.</summary>
    internal static JsonElement[] Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
