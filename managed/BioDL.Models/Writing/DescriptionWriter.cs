using System.Globalization;
using System.Text.RegularExpressions;
using BioDL.Core.Runs;
using BioDL.Models.Descriptions;
using BioDL.Models.Opening;
using BioDL.Models.Readers;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Writing;

/// <summary>The text of a package's bioimageio.yaml, format 0.5 (github.com/bioimage-io/spec-bioimage-io).</summary>
/// <param name="package">what it describes</param>
/// <param name="files">SHA-256 of the files of the package by their names</param>
internal sealed partial class DescriptionWriter(ModelPackage package, IReadOnlyDictionary<string, string> files)
{
    public const string FormatVersion = "0.5.9";
    private const int LongestName = 128, LongestDescription = 1024;

    private ModelDescription Model => package.Model;

    public string Text()
    {
        var stream = new YamlStream(new YamlDocument(Root()));
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        stream.Save(text, assignAnchors: false);
        // The marks of a stream of documents, which some readers take for a second one.
        return text.ToString().Replace("\n...\n", "\n", StringComparison.Ordinal);
    }

    private YamlMappingNode Root() => YamlScalars.Block(
        ("format_version", YamlScalars.Text(FormatVersion)),
        ("type", YamlScalars.Text("model")), ("id", Said(Model.Id)), ("name", YamlScalars.Text(Name(Model.Name))),
        ("version", Said(Model.Version)),
        ("description", YamlScalars.Text(Model.Description.Length > LongestDescription ? Model.Description[..LongestDescription]
            : Model.Description)),
        ("timestamp", YamlScalars.Text(package.Made.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))),
        ("license", Said(Model.Licence)), ("authors", Each(package.Authors, name => YamlScalars.Line(("name", YamlScalars.Text(name))))),
        ("cite", Each(package.Citations, Cite)), ("tags", Tags()),
        ("documentation", package.Documentation is null ? null : YamlScalars.Text(PackageWriter.ReadMe)),
        ("covers", Each(package.Covers, cover => YamlScalars.Text(cover.Name))),
        ("attachments", Each(package.Attachments, part => File(part.Name))),
        ("inputs", Each(Model.Inputs, Input)), ("outputs", Each(Model.Outputs, Output)),
        ("weights", YamlScalars.Block(("onnx", Weights()))),
        ("config", Config()));

    /// <summary>Letters, digits, underscores, plus, minus, parentheses and spaces, 5 to 128 of them.</summary>
    public static string Name(string name)
    {
        string plain = Gaps().Replace(string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || "_+-()".Contains(letter)
            ? letter : char.IsLetterOrDigit(letter) ? '_' : ' ')), " ").Trim();
        plain = plain.Length > LongestName ? plain[..LongestName].Trim() : plain;
        return plain.Length >= 5 ? plain : $"{plain} model".Trim();
    }

    /// <summary>The tags, and the word for the task where neither they nor the name tell it.</summary>
    private YamlNode? Tags()
    {
        string[] tags = [.. Model.Tags];
        if (TaskNames.Of(tags, Name(Model.Name)) != Model.Task && TaskNames.Word(Model.Task) is { } word)
            tags = [.. tags, word];
        return tags.Length > 0 ? YamlScalars.List(tags.Select(YamlScalars.Text)) : null;
    }

    private YamlNode Cite(Citation cited) => YamlScalars.Block(("text", YamlScalars.Text(cited.Text)), ("doi", Said(cited.Doi)),
        ("url", cited.Doi.Length == 0 ? Said(cited.Url) : null));

    private YamlNode Input(InputTensor input, int index) => YamlScalars.Block(("id", YamlScalars.Text(input.Id)),
        ("axes", AxisWriter.Of(input)),
        ("data", package.TestInputs.Count > index && package.TestInputs[index].DataType is var type and not "float32"
            ? YamlScalars.Line(("type", YamlScalars.Text(type))) : null),
        ("test_tensor", package.TestInputs.Count > index ? File(PackageWriter.TestFile("input", input.Id)) : null),
        ("preprocessing", StepWriter.Of(input.Preprocessing, input.ArrayAxes)));

    private YamlNode Output(OutputTensor output, int index)
    {
        InputTensor reference = Model.Inputs.FirstOrDefault(input => input.Name == output.Reference) ?? Model.Inputs[0];
        return YamlScalars.Block(("id", YamlScalars.Text(output.Id)), ("axes", AxisWriter.Of(output, reference)), ("data", Data(output)),
            ("test_tensor", package.TestOutputs.Count > index ? File(PackageWriter.TestFile("output", output.Id)) : null),
            ("postprocessing", StepWriter.Of(output.Postprocessing, output.ArrayAxes)));
    }

    /// <summary>Type and, where nothing else tells that values are no intensities, their range.</summary>
    private YamlNode? Data(OutputTensor output)
    {
        YamlNode? type = output.DataType == "float32" ? null : YamlScalars.Text(output.DataType);
        bool told = Model.StarDist is not null || Model.Task != ModelTask.Other || OutputKinds.IsTold(output);
        YamlNode? range = output.Kind == OutputKind.Values && !told ? YamlScalars.List([YamlScalars.Whole(0), YamlScalars.Whole(1)]) : null;
        return type is null && range is null ? null : YamlScalars.Line(("type", type), ("range", range));
    }

    private YamlNode Weights() => YamlScalars.Block(("source", YamlScalars.Text(PackageWriter.Weights)),
        ("sha256", YamlScalars.Text(files[PackageWriter.Weights])), ("opset_version", YamlScalars.Whole(PackageWriter.Opset(package))));

    private YamlNode? Config()
    {
        var card = new ConfigWriter(package);
        YamlNode?[] parts = [card.Bioimageio(), card.BioDL(), card.StarDist()];
        return parts.All(part => part is null) ? null
            : YamlScalars.Block(("bioimageio", parts[0]), ("biodl", parts[1]), ("stardist", parts[2]));
    }

    private YamlNode File(string name) => YamlScalars.Line(("source", YamlScalars.Text(name)), ("sha256", YamlScalars.Text(files[name])));

    private static YamlNode? Said(string text) => text.Length > 0 ? YamlScalars.Text(text) : null;

    private static YamlNode? Each<T>(IReadOnlyList<T> items, Func<T, YamlNode> node) => Each(items, (item, _) => node(item));

    private static YamlNode? Each<T>(IReadOnlyList<T> items, Func<T, int, YamlNode> node) =>
        items.Count > 0 ? new YamlSequenceNode(items.Select(node)) : null;

    [GeneratedRegex(" +")]
    private static partial Regex Gaps();
}
