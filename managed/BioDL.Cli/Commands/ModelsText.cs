using System.Globalization;
using BioDL.Cli.Shell;
using BioDL.Models.Descriptions;

namespace BioDL.Cli.Commands;

/// <summary>Models of the catalogue as text and as JSON.</summary>
internal static class ModelsText
{
    private const int WidestId = 40;

    /// <summary>One line a model: state, id, what for, input, licence, size, name.</summary>
    internal static List<string> Table(IReadOnlyList<CatalogueEntry> entries)
    {
        string[][] rows = [.. entries.Select(entry => new[]
        {
            entry.State.ToString().ToLowerInvariant(), entry.Id, entry.Task.ToString().ToLowerInvariant(), entry.Input, entry.Licence,
            Size(entry.Bytes),
            entry.Name + (entry.Runnable ? "" : " (cannot be run here)"),
        })];
        if (rows.Length == 0)
            return [];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => Math.Min(WidestId, rows.Max(row => row[column].Length)))];
        return [.. rows.Select(row => string.Join("  ", row.Select(Padded)))];

        string Padded(string cell, int column) => column == widths.Length - 1 ? cell : cell.PadRight(widths[column]);
    }

    /// <summary>One line a fact; those that are not known are left out.</summary>
    internal static List<string> Lines(CatalogueEntry entry) =>
    [
        .. Facts(entry).Where(fact => fact.Value.Length > 0)
            .Select(fact => $"{fact.Name,-15} {fact.Value.ReplaceLineEndings("\n" + new string(' ', 16))}"),
        .. entry.Runnable ? Array.Empty<string>() : [$"cannot be run   {entry.WhyNot}"],
    ];

    internal static string Json(CatalogueEntry entry) => JsonText.Of(json =>
    {
        foreach (var (name, value) in Facts(entry).Where(fact => fact.Name is not ("size" or "tags" or "also called")))
            json.WriteString(name.Replace(' ', '_'), value);
        json.WriteNumber("bytes", entry.Bytes);
        json.WriteStrings("tags", entry.Tags);
        json.WriteStrings("aliases", entry.Aliases);
        json.WriteBoolean("runnable", entry.Runnable);
        json.WriteString("why_not", entry.WhyNot);
    });

    /// <summary>"12.3 MiB"; "" for 0, which means not known.</summary>
    internal static string Size(long bytes) => bytes switch
    {
        0 => "",
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.0} GiB"),
    };

    private static (string Name, string Value)[] Facts(CatalogueEntry entry) =>
    [
        ("id", entry.Id), ("name", entry.Name), ("state", entry.State.ToString().ToLowerInvariant()), ("version", entry.Version),
        ("description", entry.Description), ("task", entry.Task.ToString().ToLowerInvariant()), ("input", entry.Input),
        ("made for", entry.MadeFor), ("licence", entry.Licence),
        ("citation", entry.Citation), ("tags", string.Join(", ", entry.Tags)), ("also called", string.Join(", ", entry.Aliases)),
        ("size", Size(entry.Bytes)), ("format", entry.Format), ("weights", entry.WeightsFormat), ("sha256", entry.Sha256),
        ("source", entry.Source),
        ("path", entry.Path), ("cover", entry.Cover),
    ];
}
