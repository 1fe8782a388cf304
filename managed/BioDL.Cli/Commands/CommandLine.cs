using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using BioDL.Cli.Images;
using BioDL.Cli.Shell;
using BioDL.Cli.Tiff;
using BioDL.Cli.Training;
using BioDL.Core;
using BioDL.Models.Runtime;

namespace BioDL.Cli.Commands;

/// <summary>All verbs, and what their outcomes mean to a shell.</summary>
internal static class CommandLine
{
    private const string About = """
        Deep learning for microscopy images in TIFF files: finds nuclei and other star-convex objects, restores images, predicts stains,
        runs any model. Ends with 0 when all went well, 1 when something failed, 2 when the command line is wrong, 130 when it was
        cancelled. @FILE stands for the arguments in a file.
        """;

    internal static int Run(string[] arguments, CommandContext context)
    {
        ParseResult parsed = Root(context).Parse(arguments);
        if (parsed.Action is not HelpWithExamples && LineFaults.Of(parsed) is { Count: > 0 } faults)
            return Wrong(context, parsed, faults);
        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = context.Output, Error = context.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            });
        }
        catch (UsageException error)
        {
            return Wrong(context, parsed, [error.Message]);
        }
        catch (Exception error)
        {
            BioDLException known = Fault.Of(error);
            if (known.Status != Status.Cancelled)
            {
                context.Complain(known);
                return ExitCode.Failed;
            }
            context.Error.WriteLine("biodl: cancelled");
            return ExitCode.Cancelled;
        }
    }

    private static RootCommand Root(CommandContext context)
    {
        var root = new RootCommand(About.ReplaceLineEndings(" "))
        {
            CompareCommand.Create(context),
            InfoCommand.Create(context),
            ModelsCommand.Create(context),
            TrainCommand.Create(context),
            TorchCommand.Create(context),
            DevicesCommand.Create(context),
            SpecimenCommand.Create(context),
        };
        for (int i = 0; i < ImageVerb.All.Count; i++)
            root.Subcommands.Insert(i, ImageVerb.All[i].Command(context));
        foreach (VersionOption option in root.Options.OfType<VersionOption>())
            option.Action = new VersionAction(context);
        foreach (HelpOption option in root.Options.OfType<HelpOption>())
            option.Action = new HelpWithExamples((HelpAction)option.Action!);
        return root;
    }

    private static int Wrong(CommandContext context, ParseResult parsed, IEnumerable<string> messages)
    {
        foreach (string message in messages)
            context.Error.WriteLine($"biodl: {message}");
        string verb = "";
        for (var result = parsed.CommandResult; result is { Command: not RootCommand }; result = result.Parent as CommandResult)
            verb = $" {result.Command.Name}{verb}";
        context.Error.WriteLine($"Try 'biodl{verb} --help'.");
        return ExitCode.Usage;
    }

    private sealed class VersionAction(CommandContext context) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            context.Output.WriteLine($"biodl {EngineVersion.Version} ({EngineVersion.Build}, {EngineVersion.InstructionSet})");
            context.Output.WriteLine(EngineVersion.RuntimeVersion.Length > 0
                ? $"ONNX Runtime {EngineVersion.RuntimeVersion} ({EngineVersion.RuntimePath})" : "ONNX Runtime: not found");
            context.Output.WriteLine(LibTiffHandle.Version);
            return ExitCode.Ok;
        }
    }
}
