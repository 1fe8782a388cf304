using System.Runtime.InteropServices;
using BioDL.Core;
using BioDL.Core.Images;

namespace BioDL.Models.Files;

/// <summary>An array of numbers of any number of axes in memory of its own, and an <see cref="ImageView"/> of them. Of any size.</summary>
public sealed unsafe class NpyArray : IDisposable
{
    private byte* _data;
    private readonly bool _fortran;

    private NpyArray(string dataType, PixelType type, IReadOnlyList<long> shape, bool fortran)
    {
        (DataType, Type, Shape, _fortran) = (dataType, type, shape, fortran);
        try
        {
            _data = (byte*)NativeMemory.AllocZeroed((nuint)(Count * type.Size()));
        }
        catch (OutOfMemoryException error)
        {
            throw new BioDLException(Status.OutOfMemory, $"There is no memory for {ShapeText(shape)} values.",
                "Close other programs, or cut the array into parts.", error);
        }
    }

    ~NpyArray() => NativeMemory.Free(_data);

    /// <summary>NumPy's name of the values' type in the file.</summary>
    public string DataType { get; }

    /// <summary>
    /// Of the values in memory: UInt8, UInt16 or Float32 as they are, UInt32 for arrays that are made here, Float32 for all others.
    /// </summary>
    public PixelType Type { get; }

    /// <summary>Outermost axis first.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>How many values there are.</summary>
    public long Count => Product(Shape) is { } count ? count : 0;

    /// <summary>An array of zeros.</summary>
    /// <param name="dataType">bool, uint8, uint16, uint32 or float32</param>
    /// <param name="shape">outermost axis first</param>
    /// <exception cref="BioDLException"><see cref="Status.OutOfMemory"/></exception>
    public static NpyArray Create(string dataType, IReadOnlyList<long> shape)
    {
        PixelType type = dataType switch
        {
            "bool" or "uint8" => PixelType.UInt8,
            "uint16" => PixelType.UInt16,
            "uint32" => PixelType.UInt32,
            "float32" => PixelType.Float32,
            _ => throw new ArgumentOutOfRangeException(nameof(dataType), dataType, "not a type of pixels"),
        };
        return new NpyArray(dataType, type, [.. shape], false);
    }

    /// <summary>Read an array; see <see cref="Npy.Read(Stream, string, long)"/>.</summary>
    internal static NpyArray Read(Stream stream, NpyHeader header, string name, long limit)
    {
        PixelType type = NpyValues.TypeOf(header.DataType);
        long? count = Product(header.Shape);
        if (count is null || (Int128)count.Value * Math.Max(type.Size(), header.ItemSize) > limit)
            throw NpyHeader.Invalid(name, $"its {ShapeText(header.Shape)} values are more than the {limit} bytes that it may have");
        if (stream.CanSeek && (Int128)count.Value * header.ItemSize > stream.Length - stream.Position)
            throw NpyHeader.Invalid(name, $"it ends before the last of its {ShapeText(header.Shape)} values");
        var array = new NpyArray(header.DataType, type, header.Shape, header.Fortran);
        try
        {
            NpyValues.Read(stream, header, array._data, count.Value, name);
            return array;
        }
        catch
        {
            array.Dispose();
            throw;
        }
    }

    /// <summary>The array as an image, without a copy.</summary>
    /// <param name="axes">
    /// one letter an axis of the array, outermost first: t, z, c, y, x, and b, which is a frame of its own where there is no t
    /// </param>
    /// <param name="name">what messages call it</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: another number of axes, or several batches of
    /// frames.</exception>
    public ImageView View(string axes, string name)
    {
        if (axes.Length != Shape.Count)
            throw new BioDLException(Status.InvalidArgument,
                $"{name} has {Shape.Count} axes ({ShapeText(Shape)}), but {axes.Length} are expected: {axes}.", "Give it those axes.");
        long stride = Type.Size();
        var (sizes, strides) = (new Dictionary<char, int>(), new Dictionary<char, long>());
        foreach (int axis in _fortran ? Enumerable.Range(0, axes.Length) : Enumerable.Range(0, axes.Length).Reverse())
        {
            char letter = axes[axis] == 'b' && !axes.Contains('t') ? 't' : axes[axis];
            if (letter == 'b' && Shape[axis] != 1)
                throw new BioDLException(Status.InvalidArgument, $"{name} has {Shape[axis]} batches of frames.",
                    "Give each of them by itself.");
            sizes[letter] = (int)Shape[axis];
            strides[letter] = stride;
            stride *= Shape[axis];
        }
        int Size(char letter) => sizes.GetValueOrDefault(letter, 1);
        long Stride(char letter) => strides.GetValueOrDefault(letter, 0);
        return new ImageView
        {
            Type = Type, Frames = Size('t'), Slices = Size('z'), Channels = Size('c'), Height = Size('y'), Width = Size('x'),
            RowStride = Stride('y'), PixelStride = Stride('x'),
            Planes = new HeldPlanes(this, new FixedPlanes(_data, Size('z'), Size('c'), Stride('t'), Stride('z'), Stride('c'))),
        };
    }

    /// <summary>The values as they lie in memory, for writing.</summary>
    internal UnmanagedMemoryStream Bytes() => new(_data, Count * Type.Size());

    internal NpyHeader Header => new(DataType, !BitConverter.IsLittleEndian, _fortran, Shape);

    /// <summary>Such as "1 x 3 x 512 x 512".</summary>
    public static string ShapeText(IEnumerable<long> shape) => string.Join(" x ", shape) is { Length: > 0 } text ? text : "1";

    public void Dispose()
    {
        NativeMemory.Free(_data);
        _data = null;
        GC.SuppressFinalize(this);
    }

    private static long? Product(IEnumerable<long> shape)
    {
        Int128 product = 1;
        foreach (long size in shape)
        {
            product *= size;
            if (product > long.MaxValue / 8)
                return null;
        }
        return (long)product;
    }

    /// <summary>Keeps the array alive as long as a view of it is.</summary>
    private sealed class HeldPlanes(NpyArray array, FixedPlanes planes) : IPlanes
    {
        public byte* Lock(long plane) => array._data != null ? planes.Lock(plane) : throw new ObjectDisposedException(nameof(NpyArray));

        public void Unlock(long plane, byte* start, bool written) => GC.KeepAlive(array);
    }
}
