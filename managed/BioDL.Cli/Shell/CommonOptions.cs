using System.CommandLine;
using System.Globalization;

namespace BioDL.Cli.Shell;

/// <summary>Options that several verbs share, and checks whose messages name the option.</summary>
internal static class CommonOptions
{
    internal static Option<bool> Json() => new("--json") { Description = "print JSON objects, one on a line" };

    internal static Option<bool> Overwrite() => new("--overwrite") { Description = "replace results that are there, never an input" };

    internal static Option<string> Device() => new("--device")
    {
        Description = "auto, cpu, cuda:0, ...; see 'biodl devices' (auto)", HelpName = "DEVICE",
    };

    /// <summary>A number within limits.</summary>
    internal static Option<double?> Number(string name, string description, double lowest, double highest)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "NUMBER" };
        option.CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (TryNumber(text, out double value) && value >= lowest && value <= highest)
                return value;
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a number from {lowest} to {highest}, not '{text}'"));
            return null;
        };
        return option;
    }

    /// <summary>A whole number within limits.</summary>
    internal static Option<int?> Whole(string name, string description, int lowest, int highest)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= lowest
                && value <= highest)
                return value;
            result.AddError(string.Create(CultureInfo.InvariantCulture,
                $"{name} takes a whole number from {lowest} to {highest}, not '{text}'"));
            return null;
        };
        return option;
    }

    internal static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
