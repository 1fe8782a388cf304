using BioDL.Core.Images;
using BioDL.Core.Training;
using BioDL.Models.Files;

namespace BioDL.Models.Training.Finishing;

/// <summary>A box out of the middle of an array in a training's folder, values as they are stored.</summary>
/// <param name="path">of the file</param>
/// <param name="array">its description</param>
internal sealed class ArrayCut(string path, TrainingArray array)
{
    /// <param name="size">(z,) y, x; beyond the array its last pixels are repeated</param>
    /// <returns>b, c, (z,) y, x</returns>
    public NpyArray Read(IReadOnlyList<int> size)
    {
        int channels = array.Shape[0], spatial = size.Count;
        int[] whole = [.. array.Shape.Skip(1)];
        int[][] at = [.. size.Select((length, axis) => Places(whole[axis], length))];
        string axes = spatial == 3 ? "bczyx" : "bcyx";
        NpyArray cut = NpyArray.Create(array.Type, [1, channels, .. size.Select(length => (long)length)]);
        using FileStream file = File.OpenRead(path);
        ImageView view = cut.View(axes, "the test input");
        long width = whole[^1], plane = width * whole[^2], channel = plane * (spatial == 3 ? whole[0] : 1);
        foreach (int c in Enumerable.Range(0, channels))
            foreach (int z in Enumerable.Range(0, spatial == 3 ? size[0] : 1))
                Plane(file, view, view.PlaneNumber(0, z, c), (c * channel + (spatial == 3 ? at[0][z] : 0) * plane, width, at[^2], at[^1]));
        return cut;
    }

    private static int[] Places(int whole, int length)
    {
        int start = Math.Max(0, (whole - length) / 2);
        return [.. Enumerable.Range(start, length).Select(place => Math.Min(place, whole - 1))];
    }

    private static unsafe void Plane(FileStream file, ImageView view, long number, (long Start, long Width, int[] Rows, int[] Columns) from)
    {
        int bytes = view.Type.Size();
        byte[] row = new byte[from.Width * bytes];
        for (int y = 0; y < from.Rows.Length; y++)
        {
            file.Position = (from.Start + from.Rows[y] * from.Width) * bytes;
            file.ReadExactly(row);
            using PlaneLock locked = view.Lock(number, write: true);
            for (int x = 0; x < from.Columns.Length; x++)
                row.AsSpan(from.Columns[x] * bytes, bytes).CopyTo(new Span<byte>(locked.Pixel(y, x), bytes));
        }
    }
}
