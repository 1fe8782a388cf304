using BioDL.Core.Images;
using BioDL.Core.Prediction;

namespace BioDL.Cli.Commands;

/// <summary>The pixels that an output is written as.</summary>
internal static class ResultType
{
    /// <param name="output">what the run gives</param>
    /// <param name="image">type of the input's pixels</param>
    /// <param name="request">what was asked for</param>
    /// <returns>8-bit for RGB images</returns>
    internal static PixelType Of(PredictedOutput output, PixelType image, PredictRequest request)
    {
        PixelType own = image == PixelType.Argb32 ? PixelType.UInt8 : image;
        if (request.OutputType is { } asked)
            return asked;
        bool inUnit = output.RestoresInput && request.Options is { Normalize: true, ScaleBack: true };
        return request.InputType || inUnit ? own : Described(output);
    }

    /// <summary>The type that holds what the model says, for float32 too: a label image of whole numbers is one of whole numbers.</summary>
    internal static PixelType Described(PredictedOutput output) => (output.DataType, output.Kind) switch
    {
        ("bool" or "uint8", _) or (_, OutputKind.Mask) => PixelType.UInt8,
        ("uint16", _) or ("int8", OutputKind.Labels) => PixelType.UInt16,
        ("uint32" or "uint64", _) or ("int16" or "int32" or "int64", OutputKind.Labels) => PixelType.UInt32,
        _ => PixelType.Float32,
    };
}
