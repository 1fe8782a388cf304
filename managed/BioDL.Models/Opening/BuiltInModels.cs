using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;
using BioDL.Models.Readers;

namespace BioDL.Models.Opening;

/// <summary>
/// Which built-in model a command takes when none is named. Each says so itself, under config.biodl.default_for of its description:
/// segment, segment-stained (colours on a bright ground), denoise, stain. "builtin:" and such a word is its name, too.
/// </summary>
public static class BuiltInModels
{
    private const string Stained = "segment-stained";
    private const long DescriptionLimit = 1 << 20;

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Defaults = new(() => (
        from name in EmbeddedFiles.Names.Order(StringComparer.Ordinal)
        from use in Uses(name)
        group name by use).ToDictionary(group => group.Key, group => group.First()));

    /// <summary>Names, without "builtin:".</summary>
    public static IReadOnlyList<string> Names => [.. EmbeddedFiles.Names.Order(StringComparer.Ordinal)];

    /// <summary>What there are built-in models for: the words of their descriptions.</summary>
    public static IReadOnlyList<string> Words => [.. Defaults.Value.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The model that a command takes for an image.</summary>
    /// <param name="task">of the command</param>
    /// <param name="image">null: not known yet</param>
    /// <returns>as <see cref="Model.Open"/> takes it</returns>
    /// <exception cref="BioDLException"><see cref="Status.NotFound"/>: none is built in for the task; as the host's pixels.</exception>
    public static string For(ModelTask task, ImageView? image = null)
    {
        bool stained = task == ModelTask.Segment && image is not null && Defaults.Value.ContainsKey(Stained) && StainedLook.Of(image);
        return Named(stained ? Stained : Word(task)) ?? throw new BioDLException(Status.NotFound,
            $"No model for '{Word(task)}' is built in.", "Name a model: BioDL Models..., or biodl models list --online.");
    }

    /// <summary>"builtin:segment" and its like are the model that is the default for it; other names stay.</summary>
    internal static string Resolved(string? path) => string.IsNullOrEmpty(path) ? For(ModelTask.Segment)
        : path.StartsWith(EmbeddedFiles.Prefix, StringComparison.OrdinalIgnoreCase) ? Named(path[EmbeddedFiles.Prefix.Length..]) ?? path
        : path;

    private static string? Named(string use) => Defaults.Value.TryGetValue(use, out string? name) ? EmbeddedFiles.Prefix + name : null;

    private static string Word(ModelTask task) => task.ToString().ToLowerInvariant();

    /// <summary>What a built-in model is the default for.</summary>
    internal static IReadOnlyList<string> Uses(string name)
    {
        var files = new EmbeddedFiles(name);
        string text = FileText.Of(files.Read("bioimageio.yaml", DescriptionLimit)).Text;
        return [.. Yaml.Parse(text, files.Source).Get("config", "biodl", "default_for").Items().Select(use => use.Text() ?? "")];
    }
}
