using System.CommandLine;
using BioDL.Cli.Shell;
using BioDL.Models.Cache;
using BioDL.Models.Catalogue;
using BioDL.Models.Descriptions;

namespace BioDL.Cli.Commands;

/// <summary><c>biodl torch</c>: libtorch, on which models run whose weights are TorchScript.</summary>
internal static class TorchCommand
{
    private const string About = "Installs or removes libtorch, on which models run whose weights are TorchScript. ONNX and TensorFlow "
        + "models need none.";

    internal static Command Create(CommandContext context) => new("torch", About) { Install(context), Remove(context) };

    private static Command Install(CommandContext context)
    {
        var from = new Option<string>("--from")
        {
            Description = "a folder of NuGet packages, or the address of a server's flat container (nuget.org)",
            HelpName = "PLACE",
        };
        var to = new Option<string>("--to") { Description = "the folder to make (one of this user's)", HelpName = "FOLDER" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("install",
            "Installs it: 128 MB to download, 465 MB on disk. A download that was broken off goes on where it ended.") { from, to, json };
        command.SetAction(parsed =>
        {
            CatalogueSettings settings = CatalogueSettings.FromEnvironment();
            var catalogue = new ModelCatalogue(parsed.GetValue(from) is { } place ? settings with { Packages = place } : settings);
            CatalogueListing listing = ModelsCommand.WithProgress(context, "libtorch",
                progress => catalogue.InstallLibtorch(parsed.GetValue(to), progress));
            ModelsCommand.Installed(context, listing, parsed.GetValue(json));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Remove(CommandContext context)
    {
        var command = new Command("remove", "Removes what was installed for this user.");
        command.SetAction(_ =>
        {
            context.Output.WriteLine($"{ModelCatalogue.Default.Remove("libtorch")} is removed");
            return ExitCode.Ok;
        });
        return command;
    }
}
