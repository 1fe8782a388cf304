using BioDL.Core;

namespace BioDL.Native.Interop;

/// <summary>Lists that a caller asks for one by one.</summary>
internal static class Rows
{
    /// <param name="rows">what there is</param>
    /// <param name="index">the caller's, from 0</param>
    /// <param name="noun">what a row is, for the error</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: there is no such row.</exception>
    public static T At<T>(this IReadOnlyList<T> rows, long index, string noun) => index >= 0 && index < rows.Count
        ? rows[(int)index]
        : throw new BioDLException(Status.InvalidArgument, $"there is no {noun} {index}",
            $"use 0 to {rows.Count - 1}; there are {rows.Count}");
}
