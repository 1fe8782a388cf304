using BioDL.Core.Training;

namespace BioDL.Training.Patches;

/// <summary>One of the eight ways to lay a square on itself: a patch that is no square is turned by half turns only.</summary>
/// <param name="FlipY">rows in the other order</param>
/// <param name="FlipX">columns in the other order</param>
/// <param name="Swap">then y and x change places</param>
internal readonly record struct QuarterTurn(bool FlipY, bool FlipX, bool Swap)
{
    public static QuarterTurn Draw(AugmentationOptions options, IReadOnlyList<int> size, PatchRandom random)
    {
        // Always four coins: whatever is allowed, the step's later numbers are the same.
        (bool flipY, bool flipX, bool half, bool quarter) = (random.Coin(), random.Coin(), random.Coin(), random.Coin());
        (flipY, flipX) = (flipY && options.Flips, flipX && options.Flips);
        (half, quarter) = (half && options.Turns, quarter && options.Turns && size[^2] == size[^1]);
        // A turn by 90 degrees is a swap of the axes behind a flip, so that without flips there is no mirror image.
        return new QuarterTurn(flipY ^ half ^ quarter, flipX ^ half, quarter);
    }

    public void Apply(Patch patch)
    {
        if (this == default)
            return;
        int rows = patch.Size[^2], columns = patch.Size[^1];
        patch.Input = Planes(patch.Input, rows, columns);
        patch.Target = patch.Target is { } target ? Planes(target, rows, columns) : null;
        patch.Labels = patch.Labels is { } labels ? Planes(labels, rows, columns) : null;
    }

    private T[] Planes<T>(T[] values, int rows, int columns)
    {
        int pixels = rows * columns;
        var result = new T[values.Length];
        for (int plane = 0; plane < values.Length; plane += pixels)
            for (int y = 0; y < rows; y++)
                for (int x = 0; x < columns; x++)
                {
                    (int row, int column) = Swap ? (x, y) : (y, x);
                    (row, column) = (FlipY ? rows - 1 - row : row, FlipX ? columns - 1 - column : column);
                    result[plane + y * columns + x] = values[plane + row * columns + column];
                }
        return result;
    }
}
