using BioDL.Core.Images;
using BioDL.Core.Runs;

namespace BioDL.Cli.Images;

/// <summary>The pixels that an output is written as.</summary>
internal static class ResultType
{
    /// <param name="output">what the run gives</param>
    /// <param name="image">type of the input's pixels</param>
    /// <param name="request">what was asked for</param>
    /// <returns>8-bit for RGB images</returns>
    internal static PixelType Of(PlannedOutput output, PixelType image, ImageRequest request)
    {
        if (request.Pixels.Type is { } asked)
            return asked;
        bool inUnit = output.RestoresInput && request.Options is { Normalize: true, ScaleBack: true };
        PixelType type = request.Pixels.InputType ? image : FittingType.Of(output with { RestoresInput = inUnit }, image);
        return type == PixelType.Argb32 ? PixelType.UInt8 : type;
    }
}
