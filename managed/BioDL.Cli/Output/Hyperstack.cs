using BioDL.Cli.Tiff;
using BioDL.Core.Images;

namespace BioDL.Cli.Output;

/// <summary>What an image file is to hold.</summary>
internal sealed record Hyperstack
{
    /// <summary>UInt8, UInt16, UInt32 or Float32.</summary>
    internal required PixelType Type { get; init; }
    internal required int Frames { get; init; }
    internal required int Slices { get; init; }
    internal required int Channels { get; init; }
    internal required int Height { get; init; }
    internal required int Width { get; init; }

    /// <summary>Three 8-bit channels as colours of one page.</summary>
    internal bool IsRgb { get; init; }

    /// <summary>As many as channels, "" where there is none; or empty.</summary>
    internal IReadOnlyList<string> ChannelNames { get; init; } = [];
    internal required Calibration Calibration { get; init; }

    /// <summary>Samples side by side in a page.</summary>
    internal int Samples => IsRgb ? 3 : 1;

    internal long Pages => (long)Frames * Slices * Channels / Samples;

    /// <summary>May exceed what a file can have.</summary>
    internal Int128 PageBytes => (Int128)Height * Width * Type.Size() * Samples;
}
