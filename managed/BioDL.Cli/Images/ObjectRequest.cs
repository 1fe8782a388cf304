using BioDL.Cli.Shell;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Objects.StarConvex;

namespace BioDL.Cli.Images;

/// <summary>What is asked of objects. Lengths and areas are in the unit of each image until it is known.</summary>
internal sealed record ObjectRequest
{
    /// <summary>All but lengths and areas.</summary>
    internal StarOptions Options { get; init; } = new();

    /// <summary>In square units.</summary>
    internal double MinArea { get; init; }

    /// <summary>In square units; null: no limit.</summary>
    internal double? MaxArea { get; init; }

    /// <summary>In units.</summary>
    internal double Grow { get; init; }

    /// <summary>A .csv for all images, or a folder; null: no table.</summary>
    internal string? Table { get; init; }

    /// <summary>A .zip for one image, or a folder; null: no ROIs.</summary>
    internal string? Rois { get; init; }

    /// <summary>A .tif for one image, or a folder; null: not written.</summary>
    internal string? Probability { get; init; }

    /// <summary>As <see cref="Probability"/>.</summary>
    internal string? Distances { get; init; }

    /// <exception cref="UsageException">Options that need each other.</exception>
    internal ObjectRequest Checked()
    {
        if (Options.Rings && Grow == 0)
            throw new UsageException("--rings needs --grow");
        if (Options.LabelScope == LabelScope.Track && Options.Link == LinkAxis.None)
            throw new UsageException("--numbers track needs --link");
        if (Options.LinkOverlap is not null && Options.Link == LinkAxis.None)
            throw new UsageException("--link-overlap needs --link");
        if (MaxArea is { } most && (most == 0 || most < MinArea))
            throw new UsageException("--max-area is below --min-area, or 0");
        return this;
    }

    /// <summary>The options for an image, in its pixels.</summary>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: its pixels are no squares, so that nothing grows by one
    /// length.</exception>
    internal StarOptions In(Calibration calibration)
    {
        double width = calibration.PixelWidth, height = calibration.PixelHeight, pixel = width * height;
        if (Grow > 0 && Math.Abs(width - height) > 1e-3 * Math.Max(width, height))
        {
            throw new BioDLException(Status.InvalidArgument,
                FormattableString.Invariant($"--grow: pixels are {width} x {height} {calibration.Unit}, labels grow the same to all sides"),
                "Scale the image to square pixels, or leave out --grow.");
        }
        return Options with
        {
            MinArea = MinArea / pixel,
            MaxArea = MaxArea is { } most ? most / pixel : double.PositiveInfinity,
            Grow = Grow / width,
        };
    }
}
