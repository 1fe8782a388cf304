namespace BioDL.Core.Road.Planning;

/// <summary>What the network reads for a tile, in pixels of the image; it may reach beyond the image on any side.</summary>
internal readonly record struct ReadWindow(int Z, int Y, int X, int Depth, int Height, int Width);
