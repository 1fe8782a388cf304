using BioDL.Core;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;

namespace BioDL.Models.Readers;

/// <summary>A network without a description: everything but thresholds and percentiles is read from its graph.</summary>
internal sealed class BareOnnxReader : IModelReader
{
    /// <summary>What the network of a model folder is called.</summary>
    public const string Usual = "weights.onnx";

    public ModelDraft? Read(ModelLocation location)
    {
        string? name = location.Chosen ?? Only(location.Files);
        if (name is null)
            return null;
        if (Path.GetExtension(name).ToLowerInvariant() is ".pt" or ".pth" or ".torchscript")
        {
            throw new BioDLException(Status.ModelUnsupported,
                $"{location.Files.Source} is a network of PyTorch without a description of its tensors, so it cannot be run.",
                "Put a bioimageio.yaml that names it beside it, or export it to ONNX.");
        }
        if (!IsOnnx(name))
        {
            throw new BioDLException(Status.ModelUnsupported, $"{location.Files.Source} is not a kind of model that this version reads.",
                "Give a folder or zip file with bioimageio.yaml, config.json or saved_model.pb, or an .onnx file.");
        }
        return new ModelDraft
        {
            Description = new ModelDescription
            {
                Name = Path.GetFileNameWithoutExtension(name),
                Source = location.Files.Source,
                Format = "ONNX",
            },
            Weights = new WeightsDraft(WeightsDraft.Onnx, name),
        };
    }

    private static string? Only(IModelFiles files)
    {
        if (files.Exists(Usual))
            return Usual;
        string[] found = files is EmbeddedFiles ? [] : [.. files.Names.Where(name => !name.Contains('/') && IsOnnx(name))];
        return found.Length == 1 ? found[0] : null;
    }

    public static bool IsOnnx(string name) => name.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);
}
