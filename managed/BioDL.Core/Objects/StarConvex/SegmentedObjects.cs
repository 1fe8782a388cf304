using System.Runtime.InteropServices;
using BioDL.Core.Runs;

namespace BioDL.Core.Objects.StarConvex;

/// <summary>
/// One object; the layout of <c>biodl_object</c> in native/include/biodl/objects.h. Pixel (0, 0) has its centre at (0, 0).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct SegmentedObject
{
    /// <summary>Its value in the label image, from 1.</summary>
    public long Label;
    public int Frame;
    public int Slice;
    public float Probability;

    /// <summary>The star's centre: the point it was predicted from, in pixels.</summary>
    public float CenterY;
    public float CenterX;

    /// <summary>Bounding box of its polygon's pixels inside the image, overlaps included; bottom and right excluded.</summary>
    public int Top;
    public int Left;
    public int Bottom;
    public int Right;
    public int Reserved;

    /// <summary>Of the polygon, in square pixels.</summary>
    public double Area;

    /// <summary>Slices; of an object found in one slice, that slice.</summary>
    public float CenterZ;

    /// <summary>The slices that have a part of it, the last one included; of an object found in one slice, that slice.</summary>
    public int FirstSlice;
    public int LastSlice;
    public int Reserved2;

    /// <summary>
    /// Pixels of its label in the label image: inside the image, without those that a more probable object covers. 0 where nothing of it
    /// is left to see.
    /// </summary>
    public long Pixels;

    /// <summary>Mean place of those pixels, in pixels and slices; the star's centre where there are none.</summary>
    public double CentroidY;
    public double CentroidX;
    public double CentroidZ;

    /// <summary>The same for all objects that were linked through frames or slices, from 1; 0: nothing was linked.</summary>
    public long Track;

    /// <summary>1: its polygon has a pixel in the first or last row or column of the image; else 0.</summary>
    public int TouchesEdge;

    /// <summary>
    /// Class by the network, at the point it was predicted from, from 1; 0: the background is likelier than any, or there are no classes.
    /// </summary>
    public int ClassId;
}

/// <summary>The objects of an image, by plane and falling probability, and the account of how they were found.</summary>
public sealed record SegmentedObjects
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

    /// <summary>
    /// The pixels of each plane's labels; null, or null for a plane, where the labels are the polygons as they lie on each other.
    /// </summary>
    internal IReadOnlyList<LabelRuns?>? Painted { get; init; }

    /// <summary>Found, before suppression.</summary>
    public required long Candidates { get; init; }

    /// <summary>How the run went.</summary>
    public required Account Account { get; init; }
}
