using System.Buffers;
using BioDL.Core.Tensors;

namespace BioDL.Core.Road.Passes;

/// <summary>Values of an output that is there as a whole, brought back to the image's scale, some rows at a time.</summary>
/// <param name="from">all values</param>
/// <param name="columns">values of a row</param>
/// <param name="y">from its rows to those of the image</param>
/// <param name="x">from its columns to those of the image</param>
internal sealed unsafe class BlockResampler(ValueBlock from, int columns, AxisKernel y, AxisKernel x)
{
    /// <param name="first">row of the image</param>
    /// <param name="rows">how many</param>
    /// <param name="depth">slices</param>
    /// <param name="to">receives them</param>
    /// <param name="width">columns of the image</param>
    public void Rows(int first, int rows, int depth, ValueBlock to, int width)
    {
        Cores.ShareRows(rows, (long)width * depth * from.Channels, (start, end) =>
        {
            float[] buffer = ArrayPool<float>.Shared.Rent(columns);
            fixed (float* sum = buffer)
                for (int c = 0; c < from.Channels; c++)
                    for (int z = 0; z < depth; z++)
                        for (int row = start; row < end; row++)
                        {
                            new Span<float>(sum, columns).Clear();
                            ReadOnlySpan<float> weights = y.Weights(first + row);
                            for (int k = 0; k < weights.Length; k++)
                                SampledReader.Add(sum, from.At(c, z, y.First(first + row) + k), weights[k], columns);
                            SampledReader.Across(sum, x, to.At(c, z, row), width);
                        }
            ArrayPool<float>.Shared.Return(buffer);
        });
    }
}
