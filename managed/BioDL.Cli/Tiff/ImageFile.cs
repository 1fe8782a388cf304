using BioDL.Core.Images;

namespace BioDL.Cli.Tiff;

/// <summary>An image in a file: a view of its pixels, and what the file says of them.</summary>
/// <param name="path">of the file</param>
/// <param name="held">what the pixels live in; belongs to this from now on</param>
internal class ImageFile(string path, params IDisposable[] held) : IDisposable
{
    internal string Path => path;

    /// <summary>The pixels; valid until this is disposed.</summary>
    internal required ImageView View { get; init; }

    internal Calibration Calibration { get; init; } = new();

    /// <summary>What the pixels mean, which the view does, too.</summary>
    internal ValueCalibration Values { get; init; } = ValueCalibration.None;

    /// <summary>One for each logical channel.</summary>
    internal required IReadOnlyList<ChannelLook> Channels { get; init; }

    /// <summary>One for each plane of the view, "" where it has none; or empty.</summary>
    internal IReadOnlyList<string> PlaneLabels { get; init; } = [];

    /// <summary>Files besides that are read, too.</summary>
    internal IReadOnlyList<string> OtherFiles { get; init; } = [];

    /// <summary>Which image of several in the file it is; "" when there is one.</summary>
    internal string Taken { get; init; } = "";

    /// <summary>What was doubtful about the file.</summary>
    internal IReadOnlyList<string> Warnings { get; init; } = [];

    internal IReadOnlyList<string> ChannelNames => [.. Channels.Select(channel => channel.Name)];

    public void Dispose()
    {
        foreach (IDisposable one in held)
            one.Dispose();
    }
}
