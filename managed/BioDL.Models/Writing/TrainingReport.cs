using System.Globalization;
using System.Net;
using System.Text;
using BioDL.Core.Training;

namespace BioDL.Models.Writing;

/// <summary>What a report of a training shows.</summary>
public sealed record TrainingReport
{
    public const string File = "report.html";

    /// <summary>Of the model.</summary>
    public required string Name { get; init; }

    /// <summary>What was trained on what, one paragraph.</summary>
    public string Summary { get; init; } = "";

    /// <summary>One line a validation, oldest first.</summary>
    public IReadOnlyList<TrainingProgress> Curve { get; init; } = [];

    /// <summary>Of the model that was kept, by name.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>Of validation images.</summary>
    public IReadOnlyList<ShownField> Fields { get; init; } = [];

    /// <summary>Name and value of every setting, in order.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; init; } = [];

    /// <summary>What is to be known of it, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The report as one HTML page that needs no other file and no network, and runs no script.</summary>
    public PackagePart Page() => new(File, Encoding.UTF8.GetBytes(new ReportPage(this).Html()));
}

/// <summary>Lays a report out.</summary>
internal sealed class ReportPage(TrainingReport report)
{
    private const string Style = """
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1c1e21; background: #fff }
        h1 { font-size: 1.6rem; margin-bottom: .2rem } h2 { font-size: 1.15rem; margin-top: 2rem }
        table { border-collapse: collapse } td, th { padding: .15rem 1rem .15rem 0; text-align: left; vertical-align: top }
        td.number { text-align: right; font-variant-numeric: tabular-nums } tr { border-bottom: 1px solid #e3e5e8 }
        figure { margin: 0 0 1.2rem } figcaption { font-size: .85rem; color: #555b63 }
        .field { display: flex; flex-wrap: wrap; gap: .8rem } .field img { width: 256px; image-rendering: pixelated; display: block }
        svg { width: 100%; max-width: 720px } svg text { font-size: 12px; fill: #555b63 } svg path { fill: none; stroke-width: 1.6 }
        svg .grid { stroke: #e3e5e8; stroke-width: 1 } svg path.training { stroke: #1f6feb } svg path.validation { stroke: #c4540a }
        svg circle.validation { fill: #c4540a } .key { font-size: .9rem } .key b.t { color: #1f6feb } .key b.v { color: #c4540a }
        """;

    public string Html()
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
            + "<meta name=\"viewport\" content=\"width=device-width\">\n");
        page.Append($"<title>{Text(report.Name)}: training</title>\n<style>\n{Style}\n</style></head><body>\n");
        page.Append($"<h1>{Text(report.Name)}</h1>\n<p>{Text(report.Summary)}</p>\n");
        if (report.Notes.Count > 0)
            page.Append("<ul>\n").AppendJoin("", report.Notes.Select(note => $"<li>{Text(note)}</li>\n")).Append("</ul>\n");
        Table(page, "Figures of the validation set", "number", [.. report.Figures.OrderBy(figure => figure.Key, StringComparer.Ordinal)
            .Select(figure => (figure.Key, figure.Value.ToString("G5", CultureInfo.InvariantCulture)))]);
        if (LossPlot.Of(report.Curve) is { Length: > 0 } plot)
        {
            page.Append("<h2>Loss</h2>\n<p class=\"key\"><b class=\"t\">training</b>, <b class=\"v\">validation</b>; "
                + $"the dot is the best validation.</p>\n{plot}\n");
        }
        if (report.Fields.Count > 0)
            page.Append("<h2>Examples of the validation set</h2>\n").AppendJoin("", report.Fields.Select(Field));
        Table(page, "Settings", "text", report.Settings);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Table(StringBuilder page, string title, string kind, IReadOnlyList<(string Name, string Value)> rows)
    {
        if (rows.Count == 0)
            return;
        page.Append($"<h2>{title}</h2>\n<table>\n")
            .AppendJoin("", rows.Select(row => $"<tr><th>{Text(row.Name)}</th><td class=\"{kind}\">{Text(row.Value)}</td></tr>\n"))
            .Append("</table>\n");
    }

    private static string Field(ShownField field)
    {
        var html = new StringBuilder($"<figure><div class=\"field\">\n");
        foreach (ShownPlane plane in field.Planes)
        {
            // What was predicted is judged in the brightness of what was to be reached, the last plane; a network's input has its own.
            ShownPlane like = plane == field.Planes[0] ? plane : field.Planes[^1];
            string png = Convert.ToBase64String(PngPicture.Of(plane.Bytes(like.Range()), plane.Width, plane.Height, plane.Channels));
            html.Append($"<div><img alt=\"{Text(plane.Name)}\" src=\"data:image/png;base64,{png}\">"
                + $"<figcaption>{Text(plane.Name)}</figcaption></div>\n");
        }
        return html.Append($"</div><figcaption>{Text(field.Name)}</figcaption></figure>\n").ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
