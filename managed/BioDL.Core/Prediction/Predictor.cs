using BioDL.Core.Images;
using BioDL.Core.Running;

namespace BioDL.Core.Prediction;

/// <summary>The road of a pixel through any network, image to image.</summary>
public static class Predictor
{
    /// <summary>How a run over these images would go.</summary>
    /// <param name="network">what the network is</param>
    /// <param name="inputs">T, Z, C, Y, X; one for each input of the network, of the same T, Z, Y and X</param>
    /// <param name="options">see <see cref="PredictionOptions"/></param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: the images do not fit the network; the message names the axis.</exception>
    public static PredictionPlan Plan(PredictionNetwork network, IReadOnlyList<ImageView> inputs, PredictionOptions options) =>
        throw new BioDLException(Status.ModelUnsupported, $"{network.Name} cannot be run yet.");

    /// <summary>Run a network over images.</summary>
    /// <param name="network">what the network is</param>
    /// <param name="devices">where it may run</param>
    /// <param name="inputs">as for <see cref="Plan"/>; never written to</param>
    /// <param name="options">see <see cref="PredictionOptions"/></param>
    /// <param name="progress">null: none</param>
    /// <param name="outputs">
    /// memory for each output, with the sizes of <see cref="PredictionPlan.Outputs"/>; null where one is not wanted. UInt8, UInt16, UInt32 and Float32;
    /// Argb32 for three channels. Values are rounded and clipped to whole types. Undefined after a failure
    /// </param>
    public static PredictionResult Run(PredictionNetwork network, IDeviceChain devices, IReadOnlyList<ImageView> inputs, PredictionOptions options,
        ProgressHandler? progress, IReadOnlyList<ImageView?> outputs) =>
        throw new BioDLException(Status.ModelUnsupported, $"{network.Name} cannot be run yet on {devices.Device}.");
}
