using BioDL.Core;
using BioDL.Models.Opening;

namespace BioDL.Models.Training.Preparing;

/// <summary>The network of a model that a training begins with.</summary>
internal static class StartNetwork
{
    /// <param name="model">as <see cref="Model.Open"/> takes it</param>
    /// <returns>an ONNX file, whatever the model's own format</returns>
    /// <exception cref="BioDLException">As <see cref="Model.Open"/>; <see cref="Status.ModelUnsupported"/>: it has no graph.</exception>
    public static byte[] Read(string model)
    {
        LoadedNetwork network = OpenedModel.Of(ModelFinder.Find(model), default).Network;
        return network.Graph is not null && network.ExternalFolder is null ? network.Read()
            : throw new BioDLException(Status.ModelUnsupported,
                $"{model} cannot be the start of a training: its weights are not in one ONNX "
                + "or TensorFlow file", "Choose another start, or none.");
    }
}
