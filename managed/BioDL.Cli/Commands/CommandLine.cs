using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using BioDL.Cli.Images;
using BioDL.Cli.Shell;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Models;
using BioDL.Models.Runtime;

namespace BioDL.Cli.Commands;

/// <summary>All verbs, and what their outcomes mean to a shell.</summary>
internal static class CommandLine
{
    internal static int Run(string[] arguments, CommandContext context)
    {
        ParseResult parsed = Root(context).Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
            return Wrong(context, parsed, parsed.Errors.Select(Text));
        if (UnknownOptions(parsed).ToList() is { Count: > 0 } unknown && parsed.Action is not HelpWithExamples)
            return Wrong(context, parsed, unknown.Select(option => $"{option} is no option of this verb; put -- before files with such a name"));
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
        catch (BioDLException error) when (error.Status == Status.Cancelled)
        {
            context.Error.WriteLine("biodl: cancelled");
            return ExitCode.Cancelled;
        }
        catch (BioDLException error)
        {
            context.Complain(error);
            return ExitCode.Failed;
        }
    }

    private static RootCommand Root(CommandContext context)
    {
        var root = new RootCommand("Deep learning for microscopy images in TIFF files: finds nuclei and other star-convex objects, restores images, predicts stains, runs any model.")
        {
            CompareCommand.Create(context),
            InfoCommand.Create(context),
            ModelsCommand.Create(context),
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

    /// <summary>What looks like an option and was taken for an argument. Behind -- everything is an argument.</summary>
    private static IEnumerable<string> UnknownOptions(ParseResult parsed)
    {
        int arguments = parsed.Tokens.Select(token => token.Type).ToList().IndexOf(TokenType.DoubleDash);
        HashSet<Token> behind = arguments < 0 ? [] : new(parsed.Tokens.Skip(arguments), ReferenceEqualityComparer.Instance);
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Where(token => token.Value is ['-', _, ..] && !behind.Contains(token)).Select(token => token.Value);
    }

    // The library's own text does not say which argument is missing. An option's argument has the option as its parent.
    private static string Text(ParseError error) => error.SymbolResult is ArgumentResult { Tokens.Count: 0, Parent: CommandResult } missing
        ? $"{missing.Argument.Name} is missing" : error.Message;

    private static int Wrong(CommandContext context, ParseResult parsed, IEnumerable<string> messages)
    {
        foreach (string message in messages.Distinct())
            context.Error.WriteLine($"biodl: {message}");
        string verb = "";
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult { Command: not RootCommand } command; result = result.Parent)
            verb = $" {command.Command.Name}{verb}";
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
