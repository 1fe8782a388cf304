using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using BioDL.Core.Training;

namespace BioDL.Training.Patches;

/// <summary>Values of one sample in a mapped file: the system reads what is cut, and an image of any size takes no memory.</summary>
internal sealed unsafe class SampleArray : IDisposable
{
    private readonly TrainingArray _description;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _values;

    /// <exception cref="InvalidDataException">The file is shorter than its shape, or its type is not known.</exception>
    public SampleArray(string folder, TrainingArray description)
    {
        _description = description;
        string path = Path.Combine(folder, description.File);
        long bytes = description.Shape.Aggregate((long)ElementBytes(description), (product, size) => product * size);
        if (new FileInfo(path).Length < bytes)
            throw new InvalidDataException($"{path} is shorter than the {bytes} bytes that {TrainingJob.FileName} says.");
        // A view outlives its file: a training of a thousand images keeps none of them open.
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = file.CreateViewAccessor(0, bytes, MemoryMappedFileAccess.Read);
        byte* values = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref values);
        _values = values;
    }

    public int Channels => _description.Shape[0];

    /// <summary>(z,) y, x.</summary>
    public int[] Size => [.. _description.Shape.Skip(1)];

    /// <summary>Cut a box; beyond the border the image is mirrored without repeating its edge.</summary>
    /// <param name="corner">its first pixel, (z,) y, x; may lie outside</param>
    /// <param name="size">(z,) y, x</param>
    /// <returns>c, (z,) y, x: normalised, as the description says</returns>
    public float[] Cut(int[] corner, int[] size) => _description.Type switch
    {
        "uint8" => Cut<byte>(corner, size),
        "uint16" => Cut<ushort>(corner, size),
        "int32" => Cut<int>(corner, size),
        _ => Cut<float>(corner, size),
    };

    /// <summary>The same of whole numbers, as they are, of the first channel.</summary>
    public int[] CutWhole(int[] corner, int[] size)
    {
        if (_description.Type != "int32")
            return [.. Cut(corner, size).Select(value => (int)value)];
        int[] into = new int[size.Aggregate(1, (product, length) => product * length)];
        int[][] at = Positions(corner, size);
        int next = 0;
        foreach (long row in Rows(at))
            foreach (int x in at[^1])
                into[next++] = ((int*)_values)[row + x];
        return into;
    }

    /// <summary>One value, normalised.</summary>
    /// <param name="channel">of it</param>
    /// <param name="pixel">y * width + x, or (z * height + y) * width + x</param>
    public float Value(int channel, long pixel)
    {
        long at = channel * ChannelPixels + pixel;
        float value = _description.Type switch
        {
            "uint8" => _values[at],
            "uint16" => ((ushort*)_values)[at],
            "int32" => ((int*)_values)[at],
            _ => ((float*)_values)[at],
        };
        var (offset, gain) = Normalization(channel);
        return (value - offset) * gain;
    }

    /// <summary>Of one channel.</summary>
    public long ChannelPixels => _description.Shape.Skip(1).Aggregate(1L, (product, size) => product * size);

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
    }

    private static int ElementBytes(TrainingArray description) => description.Type switch
    {
        "uint8" => 1,
        "uint16" => 2,
        "int32" or "float32" => 4,
        _ => throw new InvalidDataException($"{description.File}: the type {description.Type} is none of uint8, uint16, int32, float32."),
    };

    private float[] Cut<T>(int[] corner, int[] size)
        where T : unmanaged
    {
        float[] into = new float[size.Aggregate(Channels, (product, length) => product * length)];
        int[][] at = Positions(corner, size);
        int next = 0;
        for (int channel = 0; channel < Channels; channel++)
        {
            var (offset, gain) = Normalization(channel);
            T* values = (T*)_values + channel * ChannelPixels;
            foreach (long row in Rows(at))
                foreach (int x in at[^1])
                    into[next++] = (ToSingle(values[row + x]) - offset) * gain;
        }
        return into;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float ToSingle<T>(T value)
        where T : unmanaged =>
        typeof(T) == typeof(byte) ? Unsafe.BitCast<T, byte>(value) : typeof(T) == typeof(ushort) ? Unsafe.BitCast<T, ushort>(value)
        : typeof(T) == typeof(int) ? Unsafe.BitCast<T, int>(value) : Unsafe.BitCast<T, float>(value);

    private (float Offset, float Gain) Normalization(int channel) =>
        _description.Gain.Count == 0 ? (0, 1) : ((float)_description.Offset[channel], (float)_description.Gain[channel]);

    /// <summary>Where each pixel of the box lies along each axis.</summary>
    private int[][] Positions(int[] corner, int[] size)
    {
        int[] whole = Size;
        return [.. size.Select((length, axis) => Enumerable.Range(corner[axis], length).Select(at => Mirror(at, whole[axis])).ToArray())];
    }

    /// <summary>Where each row of the box begins in a channel.</summary>
    private IEnumerable<long> Rows(int[][] at)
    {
        int[] size = Size;
        if (size.Length == 2)
            return at[0].Select(y => (long)y * size[1]);
        return at[0].SelectMany(z => at[1].Select(y => ((long)z * size[1] + y) * size[2]));
    }

    private static int Mirror(int at, int length)
    {
        if (length == 1)
            return 0;
        int period = 2 * length - 2, within = ((at % period) + period) % period;
        return within < length ? within : period - within;
    }
}
