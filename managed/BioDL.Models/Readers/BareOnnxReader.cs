using BioDL.Core;
using BioDL.Models.Files;

namespace BioDL.Models.Readers;

/// <summary>A network without a description: everything but thresholds and percentiles is read from its graph.</summary>
internal sealed class BareOnnxReader : IModelReader
{
    /// <summary>What the network of a model folder is called.</summary>
    public const string Usual = "weights.onnx";

    public ModelDraft? Read(ModelLocation location)
    {
        string name = location.Chosen ?? Usual;
        if (location.Chosen is null && !location.Files.Exists(name))
            return null;
        if (!IsOnnx(name))
        {
            throw new BioDLException(Status.ModelUnsupported, $"{location.Files.Source} is not a kind of model that this version reads.",
                "Give a folder with bioimageio.yaml and weights.onnx, or an .onnx file; unpack a .zip first.");
        }
        return new ModelDraft
        {
            Description = new ModelDescription { Name = Path.GetFileNameWithoutExtension(name), Source = location.Files.Source, Format = "ONNX" },
            Weights = new WeightsDraft(WeightsDraft.Onnx, name),
        };
    }

    public static bool IsOnnx(string name) => name.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);
}
