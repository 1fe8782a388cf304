using System.CommandLine;
using BioDL.Cli.Shell;
using BioDL.Core.Running;
using BioDL.Models.Catalogue;
using BioDL.Models.Descriptions;

namespace BioDL.Cli.Commands;

/// <summary><c>biodl models</c>: the models there are, and bringing and removing them.</summary>
internal static class ModelsCommand
{
    private const string About =
        "Lists, installs, describes, verifies and removes models. Installed models are opened by their id, as in --model affable-shark.";

    internal static Command Create(CommandContext context) =>
        new("models", About) { List(context), Install(context), Info(context), ModelsVerify.Create(context), Remove(context) };

    private static Command List(CommandContext context)
    {
        var online = new Option<bool>("--online")
        {
            Description = "also those of the BioImage Model Zoo (or of the index that BIODL_ZOO names)",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("list", "Lists built-in and installed models, and those online.") { online, json };
        command.SetAction(parsed =>
        {
            CatalogueListing listing =
                ModelCatalogue.Default.List(parsed.GetValue(online), (in Progress _) => !context.Cancel.IsCancellationRequested);
            Warn(context, listing);
            if (parsed.GetValue(json))
                listing.Entries.ToList().ForEach(entry => context.Output.WriteLine(ModelsText.Json(entry)));
            else
                ModelsText.Table(listing.Entries).ForEach(context.Output.WriteLine);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Install(CommandContext context)
    {
        var source = new Argument<string>("SOURCE")
        {
            Description = "a file or folder, an address (https://...), the id of a model online, or libtorch",
        };
        var hash = new Option<string>("--sha256")
        {
            Description = "of the file, 64 hexadecimal digits: anything else is refused", HelpName = "HASH",
        };
        var name = new Option<string>("--name") { Description = "the id to give it (its own)", HelpName = "ID" };
        var keep = new Option<bool>("--keep") { Description = "install it also when it cannot be run here" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("install", "Installs a model. A download that was broken off goes on where it ended.")
        {
            source, hash, name, keep, json,
        };
        command.SetAction(parsed =>
        {
            var options = new InstallOptions
            {
                Sha256 = parsed.GetValue(hash), Name = parsed.GetValue(name), KeepUnrunnable = parsed.GetValue(keep),
            };
            CatalogueListing listing =
                WithProgress(context, parsed.GetRequiredValue(source), progress =>
                    ModelCatalogue.Default.Install(parsed.GetRequiredValue(source), options, progress));
            Installed(context, listing, parsed.GetValue(json));
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>Say what was installed.</summary>
    internal static void Installed(CommandContext context, CatalogueListing listing, bool json)
    {
        Warn(context, listing);
        CatalogueEntry entry = listing.Entries[0];
        context.Output.WriteLine(json ? ModelsText.Json(entry) : $"{entry.Id} is installed: {entry.Name} ({ModelsText.Size(entry.Bytes)})");
    }

    private static Command Info(CommandContext context)
    {
        var model = new Argument<string>("MODEL") { Description = "the id of a model, online ones too, or a path" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("info", "Describes a model.") { model, json };
        command.SetAction(parsed =>
        {
            CatalogueEntry entry =
                ModelCatalogue.Default.Describe(parsed.GetRequiredValue(model), (in Progress _) => !context.Cancel.IsCancellationRequested);
            if (parsed.GetValue(json))
                context.Output.WriteLine(ModelsText.Json(entry));
            else
                ModelsText.Lines(entry).ForEach(context.Output.WriteLine);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Remove(CommandContext context)
    {
        var models = new Argument<string[]>("ID") { Description = "installed models", Arity = ArgumentArity.OneOrMore };
        var command = new Command("remove", "Removes installed models.") { models };
        command.SetAction(parsed =>
        {
            foreach (string model in parsed.GetRequiredValue(models))
                context.Output.WriteLine($"{ModelCatalogue.Default.Remove(model)} is removed");
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>With the line that follows the work, which is gone afterwards.</summary>
    internal static T WithProgress<T>(CommandContext context, string name, Func<ProgressHandler, T> work)
    {
        var line = new ProgressLine(context, name);
        try
        {
            return work(line.Report);
        }
        finally
        {
            line.Clear();
        }
    }

    private static void Warn(CommandContext context, CatalogueListing listing)
    {
        foreach (string warning in listing.Warnings)
            context.Error.WriteLine($"biodl: {warning}");
    }
}
