namespace BioDL.Cli.Tiff;

/// <summary>Where a plane is in an image; all count from 0.</summary>
internal readonly record struct PlanePosition(int Frame, int Slice, int Channel);

/// <summary>How many planes an image has along each axis, and which follows which.</summary>
/// <param name="Frames">T, at least 1</param>
/// <param name="Slices">Z, at least 1</param>
/// <param name="Channels">C in pages, at least 1; a page may hold more channels as samples</param>
/// <param name="Order">the axes from the fastest, such as "CZT", which is ImageJ's and that of a view's planes</param>
internal readonly record struct PlaneOrder(int Frames, int Slices, int Channels, string Order = "CZT")
{
    internal Int128 Planes => (Int128)Frames * Slices * Channels;

    /// <summary>"3 frames, 2 slices and 4 channels".</summary>
    internal string Text => $"{Frames} frames, {Slices} slices and {Channels} channels";

    internal static bool IsOrder(string order) =>
        order.Length == 3 && order.Contains('C', StringComparison.Ordinal) && order.Contains('Z', StringComparison.Ordinal)
        && order.Contains('T', StringComparison.Ordinal);

    /// <summary>How many planes come before one.</summary>
    internal long Index(PlanePosition position)
    {
        long index = 0, step = 1;
        foreach (char axis in Order)
        {
            (int at, int size) = axis switch
            {
                'C' => (position.Channel, Channels),
                'Z' => (position.Slice, Slices),
                _ => (position.Frame, Frames),
            };
            index += at * step;
            step *= size;
        }
        return index;
    }

    /// <summary>The plane that so many come before: the inverse of <see cref="Index"/>.</summary>
    internal PlanePosition At(long index)
    {
        var position = default(PlanePosition);
        foreach (char axis in Order)
        {
            int size = axis switch { 'C' => Channels, 'Z' => Slices, _ => Frames }, at = (int)(index % size);
            index /= size;
            position = axis switch
            {
                'C' => position with { Channel = at },
                'Z' => position with { Slice = at },
                _ => position with { Frame = at },
            };
        }
        return position;
    }
}
