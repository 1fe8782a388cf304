using System.CommandLine;
using System.Text.Json;
using BioDL.Cli.Shell;
using BioDL.Core;
using BioDL.Models;
using BioDL.Models.Catalogue;
using BioDL.Models.Verification;

namespace BioDL.Cli.Commands;

/// <summary>
/// <c>biodl models verify</c>: are an installed model's files whole, and does the network give here what its makers say it gives?
/// </summary>
internal static class ModelsVerify
{
    private const string About = """
        Compares an installed model's files with what was installed, then runs the model over its own test tensors. Ends with 0 only when
        all outputs are within the tolerance; a model without test tensors cannot be verified.
        """;

    internal static Command Create(CommandContext context)
    {
        var model = new Argument<string>("MODEL") { Description = "the id of an installed model, or a path" };
        var device = new Option<string>("--device") { Description = "auto, cpu, cuda:0, ...; see 'biodl devices' (auto)" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("verify", About.ReplaceLineEndings(" ")) { model, device, json };
        command.SetAction(parsed =>
        {
            VerifyReport report = Run(context, parsed.GetRequiredValue(model), parsed.GetValue(device) ?? "auto");
            context.Output.WriteLine(parsed.GetValue(json) ? Json(report) : report.Text);
            return report.Outcome == VerifyOutcome.Passed ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static VerifyReport Run(CommandContext context, string name, string device)
    {
        bool installed = !File.Exists(name) && !Directory.Exists(name) && ModelCatalogue.Default.Find(name) is not null;
        IReadOnlyList<string> damage = installed
            ? ModelsCommand.WithProgress(context, name, progress => ModelCatalogue.Default.Damage(name, progress)) : [];
        if (damage.Count > 0)
            throw new BioDLException(Status.ModelInvalid, $"The files of {name} were changed: {string.Join(' ', damage)}",
                "Install it again.");
        using Model model = Model.Open(name);
        return ModelsCommand.WithProgress(context, name, progress => model.Verify(device, progress));
    }

    private static string Json(VerifyReport report) => JsonText.Of(json =>
    {
        json.WriteString("name", report.Name);
        json.WriteString("outcome", report.Outcome.ToString().ToLowerInvariant());
        json.WriteString("why_not", report.WhyNot);
        json.WriteString("weights", report.WeightsFormat);
        json.WriteString("device", report.Device);
        json.WriteString("device_name", report.DeviceName);
        json.WriteRounded("milliseconds", report.Milliseconds);
        json.WriteStartArray("outputs");
        foreach (VerifiedOutput output in report.Outputs)
            Write(json, output);
        json.WriteEndArray();
        json.WriteStrings("checked_files", report.CheckedFiles);
        json.WriteStrings("warnings", report.Warnings);
    });

    private static void Write(Utf8JsonWriter json, VerifiedOutput output)
    {
        json.WriteStartObject();
        json.WriteString("name", output.Name);
        json.WriteBoolean("passed", output.Passed);
        json.WriteString("fault", output.Fault);
        json.WriteNumber("values", output.Values);
        json.WriteNumber("mismatches", output.Mismatches);
        // JSON has no infinity, which stands for NaN against a number.
        if (double.IsFinite(output.LargestDeviation))
            json.WriteNumber("largest_deviation", output.LargestDeviation);
        else
            json.WriteNull("largest_deviation");
        json.WriteNumber("absolute_tolerance", output.Tolerance.Absolute);
        json.WriteNumber("relative_tolerance", output.Tolerance.Relative);
        json.WriteNumber("allowed_per_million", output.Tolerance.PerMillion);
        json.WriteEndObject();
    }
}
