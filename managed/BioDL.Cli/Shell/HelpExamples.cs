using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace BioDL.Cli.Shell;

/// <summary>A verb whose help ends with examples.</summary>
/// <param name="name">of the verb</param>
/// <param name="about">what it does</param>
/// <param name="examples">whole command lines</param>
internal sealed class ExampleCommand(string name, string about, IReadOnlyList<string> examples)
    : Command(name, about.ReplaceLineEndings(" "))
{
    internal IReadOnlyList<string> Examples => examples;
}

/// <summary>The library's help, and the examples of the verb below it.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not ExampleCommand command)
            return code;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in command.Examples)
            output.WriteLine($"  {example}");
        output.WriteLine();
        return code;
    }
}
