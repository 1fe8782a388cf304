using BioDL.Core;
using BioDL.Models.Files;

namespace BioDL.Models.Readers;

/// <summary>
/// The folder in which Python's StarDist, CSBDeep and Noise2Void keep a model that they train: config.json and weights as Keras writes
/// them. Those hold no graph, so there is nothing to run; the error says how to export the network.
/// </summary>
internal sealed class KerasReader : IModelReader
{
    public ModelDraft? Read(ModelLocation location)
    {
        string? weights = IsKeras(location.Chosen) ? location.Chosen : location.Files is EmbeddedFiles || IsNetwork(location.Chosen) ? null
            : location.Files.Names.FirstOrDefault(name => !name.Contains('/') && IsKeras(name));
        if (weights is null)
            return null;
        if (location.Chosen is null && location.Files.Names.Any(name => !name.Contains('/') && IsNetwork(name)))
            return null;
        throw new BioDLException(Status.ModelUnsupported,
            $"{location.Files.Source} holds weights of Keras ({weights}), as Python's StarDist, CSBDeep and Noise2Void keep them while "
            + "they train; without their graph they cannot be run.",
            "Export the model in Python with model.export_TF(), and open the zip file that this writes (TF_SavedModel.zip).");
    }

    private static bool IsKeras(string? name) =>
        Path.GetExtension(name)?.ToLowerInvariant() is ".h5" or ".hdf5" or ".keras";

    private static bool IsNetwork(string? name) =>
        Path.GetExtension(name)?.ToLowerInvariant() is ".onnx" or ".pb" or ".pt" or ".pth" or ".zip";
}
