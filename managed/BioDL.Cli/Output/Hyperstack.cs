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

    /// <summary>As many as channels; or empty: without names.</summary>
    internal IReadOnlyList<ChannelLook> Looks { get; init; } = [];

    /// <summary>One for each plane, in the order C, Z, T, in place of the channels' names; or empty.</summary>
    internal IReadOnlyList<string> PlaneLabels { get; init; } = [];
    internal required Calibration Calibration { get; init; }

    /// <summary>What the pixels mean.</summary>
    internal ValueCalibration Values { get; init; } = ValueCalibration.None;

    /// <summary>Samples side by side in a page.</summary>
    internal int Samples => IsRgb ? 3 : 1;

    internal ChannelLook Look(int channel) => Looks.ElementAtOrDefault(channel) ?? ChannelLook.None;

    internal long Pages => (long)Frames * Slices * Channels / Samples;

    /// <summary>May exceed what a file can have.</summary>
    internal Int128 PageBytes => (Int128)Height * Width * Type.Size() * Samples;
}
