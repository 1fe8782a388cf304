using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace BioDL.Cli.Output;

/// <summary>Where in a series an ImageJ ROI lies; 0 means everywhere, numbers count from 1.</summary>
/// <param name="Stack">number of the slice in a plain stack</param>
/// <param name="Slice">in a hyperstack</param>
/// <param name="Frame">in a hyperstack</param>
internal readonly record struct RoiPosition(int Stack, int Slice, int Frame);

/// <summary>
/// ImageJ's binary format of a polygon with sub-pixel vertices (ij.io.RoiEncoder): big-endian, 64 bytes of header, whole-pixel coordinates
/// relative to the bounding box, absolute coordinates as float, 64 bytes of second header, name and properties as UTF-16.
/// </summary>
internal static class PolygonRoi
{
    private const int HeaderBytes = 64;
    private const int Version = 228;
    private const int SubPixelResolution = 128;

    /// <param name="vertices">
    /// x, y pairs; pixel (0, 0) has its centre at (0, 0). ImageJ counts from the pixel's corner: 0.5 is added
    /// </param>
    /// <param name="name">what the ROI Manager lists</param>
    /// <param name="position">in the series</param>
    /// <param name="properties">lines of "key: value", which ImageJ shows as the ROI's properties</param>
    internal static byte[] Encode(ReadOnlySpan<float> vertices, string name, RoiPosition position, string properties)
    {
        int count = vertices.Length / 2, second = HeaderBytes + count * 12;
        var bytes = new byte[second + HeaderBytes + (name.Length + properties.Length) * 2];
        var (left, top, right, bottom) = Bounds(vertices);
        Encoding.ASCII.GetBytes("Iout", bytes);
        Put16(bytes, 4, Version);
        Put16(bytes, 8, top);
        Put16(bytes, 10, left);
        Put16(bytes, 12, bottom);
        Put16(bytes, 14, right);
        Put16(bytes, 16, count);
        Put16(bytes, 50, SubPixelResolution);
        Put32(bytes, 56, position.Stack);
        Put32(bytes, 60, second);
        for (int i = 0; i < count; i++)
        {
            float x = vertices[2 * i] + 0.5f, y = vertices[2 * i + 1] + 0.5f;
            Put16(bytes, HeaderBytes + 2 * i, (int)MathF.Floor(x) - left);
            Put16(bytes, HeaderBytes + 2 * (count + i), (int)MathF.Floor(y) - top);
            BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(HeaderBytes + 4 * (count + i)), x);
            BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(HeaderBytes + 4 * (2 * count + i)), y);
        }
        int names = second + HeaderBytes;
        Put32(bytes, second + 8, position.Slice);
        Put32(bytes, second + 12, position.Frame);
        Put32(bytes, second + 16, names);
        Put32(bytes, second + 20, name.Length);
        Put32(bytes, second + 40, properties.Length == 0 ? 0 : names + name.Length * 2);
        Put32(bytes, second + 44, properties.Length);
        Encoding.BigEndianUnicode.GetBytes(name + properties, bytes.AsSpan(names));
        return bytes;
    }

    /// <summary>"key: value" with a point as the decimal mark, as ImageJ reads it.</summary>
    internal static string Property(string key, double value) => string.Create(CultureInfo.InvariantCulture, $"{key}: {value:0.0000}\n");

    private static (int Left, int Top, int Right, int Bottom) Bounds(ReadOnlySpan<float> vertices)
    {
        float left = float.MaxValue, top = float.MaxValue, right = float.MinValue, bottom = float.MinValue;
        for (int i = 0; i < vertices.Length; i += 2)
        {
            (left, right) = (Math.Min(left, vertices[i]), Math.Max(right, vertices[i]));
            (top, bottom) = (Math.Min(top, vertices[i + 1]), Math.Max(bottom, vertices[i + 1]));
        }
        return ((int)MathF.Floor(left + 0.5f), (int)MathF.Floor(top + 0.5f), (int)MathF.Ceiling(right + 0.5f),
            (int)MathF.Ceiling(bottom + 0.5f));
    }

    private static void Put16(byte[] bytes, int at, int value) =>
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(at), unchecked((short)value));

    private static void Put32(byte[] bytes, int at, int value) => BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), value);
}
