using BioDL.Core;
using BioDL.Models.Files;
using BioDL.Models.Readers;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace BioDL.Tests.Models.Descriptions;

/// <summary>
/// A key that no format defines, put anywhere into a description, is refused or told: nothing that might change pixels is passed over.
/// </summary>
public class UnknownKeyTests
{
    private static readonly string[] PixelKeys = ["normalize", "percentiles", "clip_range", "gamma", "intensity_scale", "preprocess",
        "rescale_to", "Threshold2", "invert", "macro_file"];

    private static readonly string[] Descriptions =
    [
        Described.New(preprocessing: "[{id: scale_range, kwargs: {axes: [y, x]}}]", postprocessing: "[{id: sigmoid, kwargs: {}}]",
            more: "config: {bioimageio: {x: 1}, deepimagej: {allow_tiling: true, prediction: {preprocess: []}}, othertool: {a: {b: 1}}}"),
        Described.Old(preprocessing: "[{name: scale_linear, kwargs: {gain: 2}}]", inputShape: "{min: [1, 3, 8, 8], step: [0, 0, 8, 8]}",
            outputShape: "{reference_tensor: raw, scale: [1, 1, 1, 1], offset: [0, 0, 0, 0]}"),
    ];

    /// <summary>Every mapping of both formats; outside of other tools' sections also keys that sound of nothing.</summary>
    [Fact]
    public void A_key_that_is_not_known_is_refused_or_told()
    {
        int tried = 0;
        foreach (string text in Descriptions)
        {
            int places = Mappings(Load(text), "").Count();
            for (int place = 0; place < places; place++)
            {
                foreach (string key in (string[])[.. PixelKeys, "zq"])
                {
                    var root = (YamlMappingNode)Load(text);
                    (string path, YamlMappingNode at) = Mappings(root, "").ElementAt(place);
                    if (!CanHoldKeys(path) || (key == "zq" && path.StartsWith("/config/othertool", StringComparison.Ordinal)))
                        continue;
                    at.Children[new YamlScalarNode(key)] = new YamlScalarNode("7");
                    tried++;
                    RefusedOrTold(root, key, path);
                }
            }
        }
        Assert.InRange(tried, 300, 4000);
    }

    private static void RefusedOrTold(YamlMappingNode root, string key, string path)
    {
        try
        {
            ModelDraft draft = Read(root);
            Assert.True(draft.Description.Notes.Any(note => note.Contains(key)), $"{key} in {path} was passed over");
        }
        catch (BioDLException error)
        {
            Assert.True(error.Message.Contains(key), $"{key} in {path}: {error.Message}");
        }
    }

    [Fact]
    public void What_the_formats_define_is_neither()
    {
        foreach (string text in Descriptions)
            Assert.Empty(Read((YamlMappingNode)Load(text)).Description.Notes);
    }

    [Theory]
    [InlineData("run_mode: {name: augmented}", "augmented")]
    [InlineData("preprocessing: [{name: sigmoid}]", "preprocessing")]
    [InlineData("prediction: {preprocess: [{spec: x}]}", "prediction")]
    public void Instructions_beside_the_tensors_are_refused(string more, string named)
    {
        var error = Assert.Throws<BioDLException>(() => Read((YamlMappingNode)Load(Described.New(more: more))));
        Assert.Equal(Status.ModelUnsupported, error.Status);
        Assert.Contains(named, error.Message);
    }

    /// <summary>A list of weights has a key for each format, and bioimageio's section is for statistics of tools.</summary>
    private static bool CanHoldKeys(string path) => path is not ("/weights" or "/config/bioimageio" or "/config")
        && !path.StartsWith("/config/bioimageio/", StringComparison.Ordinal);

    private static IEnumerable<(string Path, YamlMappingNode Node)> Mappings(YamlNode node, string path)
    {
        if (node is YamlMappingNode mapping)
            yield return (path, mapping);
        IEnumerable<(string Name, YamlNode Node)> children = node switch
        {
            YamlMappingNode own => own.Children.Select(child => (((YamlScalarNode)child.Key).Value!, child.Value)),
            YamlSequenceNode list => list.Children.Select((child, i) => ($"{i}", child)),
            _ => [],
        };
        foreach ((string name, YamlNode child) in children)
        {
            foreach ((string Path, YamlMappingNode Node) found in Mappings(child, $"{path}/{name}"))
                yield return found;
        }
    }

    private static YamlNode Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents[0].RootNode;
    }

    private static ModelDraft Read(YamlMappingNode root)
    {
        var writer = new StringWriter();
        new YamlStream(new YamlDocument(root)).Save(new Emitter(writer), false);
        using ModelFolder folder = new ModelFolder().With("rdf.yaml", writer.ToString()).With("weights.onnx", "not read here");
        return new BioimageioReader().Read(new ModelLocation(new FolderFiles(folder.Path, "the package"), null))!;
    }
}
