using BioDL.Graphs.Wire;

namespace BioDL.TensorFlow.Values;

/// <summary>How large a tensor in an untrusted file may be, checked before memory is taken.</summary>
internal static class ElementCount
{
    /// <summary>Values of one constant: 512 MiB as float32. The largest layers of networks for images have some millions.</summary>
    public const long Most = 1L << 27;

    /// <exception cref="WireFormatException">negative sizes, or more than <see cref="Most"/> values</exception>
    public static long Of(ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (long size in shape)
        {
            if (size is < 0 or > Most)
                throw new WireFormatException($"a tensor has the size {size} along an axis");
            count = Math.Min(count * size, Most + 1);
        }
        return count <= Most ? count : throw new WireFormatException($"a tensor has more than {Most} values");
    }
}
