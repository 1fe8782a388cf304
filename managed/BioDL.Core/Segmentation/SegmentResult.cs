using System.Runtime.InteropServices;

namespace BioDL.Core.Segmentation;

/// <summary>One object; the layout of <c>biodl_object</c> in native/include/biodl/objects.h. Pixel (0, 0) has its centre at (0, 0).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SegmentedObject
{
    /// <summary>Its value in the label image, from 1.</summary>
    public long Label;
    public int Frame;
    public int Slice;
    public float Probability;

    /// <summary>The point it was predicted from, in pixels.</summary>
    public float CenterY;
    public float CenterX;

    /// <summary>Bounding box of its pixels inside the image; bottom and right excluded.</summary>
    public int Top;
    public int Left;
    public int Bottom;
    public int Right;
    public int Reserved;

    /// <summary>Of the polygon, in square pixels.</summary>
    public double Area;
}

/// <summary>Milliseconds a stage took, over all tiles and planes.</summary>
public sealed record StageTimes
{
    /// <summary>Loading the network; 0 when it was loaded already.</summary>
    public double Prepare { get; set; }

    /// <summary>Pixels into tensors, normalised on the way.</summary>
    public double Read { get; set; }

    /// <summary>Percentiles.</summary>
    public double Normalize { get; set; }
    public double Network { get; set; }
    public double Candidates { get; set; }
    public double Suppress { get; set; }
    public double Render { get; set; }
    public double Total { get; set; }
}

/// <summary>The objects of an image, by plane and falling probability, and the account of how they were found.</summary>
public sealed record SegmentResult
{
    /// <summary>Pinned, so that hosts may read it in place.</summary>
    public required SegmentedObject[] Objects { get; init; }

    /// <summary>Count x rays x (x, y) in pixels, starting along +x and turning towards +y. Pinned; empty pieces never occur.</summary>
    public required float[] Vertices { get; init; }

    public required int Rays { get; init; }

    /// <summary>The size of the image that was segmented.</summary>
    public required int Frames { get; init; }
    public required int Slices { get; init; }
    public required int Height { get; init; }
    public required int Width { get; init; }

    public required long Candidates { get; init; }
    public required long Tiles { get; init; }
    public required int TileHeight { get; init; }
    public required int TileWidth { get; init; }
    public required string Device { get; init; }
    public required string DeviceName { get; init; }

    /// <summary>Another device ran than the one asked for; the warnings say why.</summary>
    public required bool FellBack { get; init; }
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>A JSON object: model, hash, thresholds, percentile values used for each plane, device, versions, tiles and why.</summary>
    public required string Provenance { get; init; }
    public required StageTimes Times { get; init; }
}
