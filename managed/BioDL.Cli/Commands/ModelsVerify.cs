using System.CommandLine;
using BioDL.Core;
using BioDL.Models;

namespace BioDL.Cli.Commands;

/// <summary><c>biodl models verify</c>: are the files those that were installed?</summary>
internal static class ModelsVerify
{
    internal static Command Create(CommandContext context)
    {
        var model = new Argument<string>("MODEL") { Description = "the id of an installed model" };
        var command = new Command("verify", "Compares an installed model's files with what was installed.") { model };
        command.SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(model);
            IReadOnlyList<string> damage = ModelsCommand.WithProgress(context, name, progress => Catalogue.Default.Damage(name, progress));
            if (damage.Count > 0)
                throw new BioDLException(Status.ModelInvalid, $"The files of {name} were changed: {string.Join(' ', damage)}", "Install it again.");
            context.Output.WriteLine($"The files of {name} are whole.");
            return ExitCode.Ok;
        });
        return command;
    }
}
