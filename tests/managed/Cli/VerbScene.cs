namespace BioDL.Tests.Cli;

/// <summary>A verb with a model of its kind, and images that it can be run over: what is true of one verb is asked of all.</summary>
internal sealed class VerbScene : IDisposable
{
    internal const int Side = 96;
    private readonly TestFolder _folder = new();

    internal VerbScene(string verb)
    {
        Verb = verb;
        Model = verb switch
        {
            "segment" => "builtin:nuclei-fluo-small",
            "denoise" => PixelModel.Write(File("model.zip"), "denoising", gain: 0.5f, offset: 0.25f),
            "stain" => PixelModel.Write(File("model.zip"), "virtual-staining", gain: 2),
            _ => PixelModel.Write(File("model.zip"), "other", gain: 3),
        };
    }

    internal static IReadOnlyList<string> Verbs { get; } = ["segment", "denoise", "stain", "run"];

    internal string Verb { get; }

    internal string Model { get; }

    public void Dispose() => _folder.Dispose();

    internal string File(string name) => _folder.File(name);

    /// <summary>Files besides the model.</summary>
    internal string[] Content() => [.. _folder.Content().Where(name => name != "model.zip")];

    /// <summary>A grey 16-bit image of nuclei.</summary>
    internal string Image(string name = "image.tif", int side = Side, int seed = 1)
    {
        var (code, _, error) = CliRun.Run("specimen", "--out", File(name), "--size", $"{side}", "--seed", $"{seed}");
        Assert.Equal((0, ""), (code, error));
        return File(name);
    }

    /// <summary>The verb and its model, and whatever follows.</summary>
    internal (int Code, string Output, string Error) Run(params string[] arguments) => CliRun.Run([Verb, "--model", Model, .. arguments]);
}
