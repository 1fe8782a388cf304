namespace BioDL.Core.Road.Planning;

/// <summary>What the network reads for a tile, in pixels of the image; it may reach beyond the image on any side.</summary>
internal readonly record struct ReadWindow(int Z, int Y, int X, int Depth, int Height, int Width)
{
    /// <summary>What of it the tile owns and the image has.</summary>
    public ValueBox Own { get; init; }
}

/// <summary>A part of a tile's values: from a place along each axis up to, not including, another.</summary>
internal readonly record struct ValueBox(int Z, int ZEnd, int Y, int YEnd, int X, int XEnd)
{
    public bool HasRow(int z, int y) => z >= Z && z < ZEnd && y >= Y && y < YEnd;
}
