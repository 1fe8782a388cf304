using System.Buffers.Binary;
using System.Text;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Models.Files;

namespace BioDL.Tests.Files;

/// <summary>The bytes are those of the format's definition (numpy.lib.format), written here by hand.</summary>
public unsafe class NpyTests
{
    [Theory]
    [InlineData("|b1", new byte[] { 0, 1, 2, 0, 255, 1 }, new double[] { 0, 1, 1, 0, 1, 1 }, PixelType.UInt8)]
    [InlineData("|u1", new byte[] { 0, 1, 2, 3, 254, 255 }, new double[] { 0, 1, 2, 3, 254, 255 }, PixelType.UInt8)]
    [InlineData("|i1", new byte[] { 0, 1, 127, 128, 254, 255 }, new double[] { 0, 1, 127, -128, -2, -1 }, PixelType.Float32)]
    [InlineData("<u2", new byte[] { 1, 0, 0, 1, 255, 255, 0, 0, 2, 0, 3, 0 }, new double[] { 1, 256, 65535, 0, 2, 3 }, PixelType.UInt16)]
    [InlineData(">u2", new byte[] { 0, 1, 1, 0, 255, 255, 0, 0, 0, 2, 0, 3 }, new double[] { 1, 256, 65535, 0, 2, 3 }, PixelType.UInt16)]
    [InlineData(">i2", new byte[] { 255, 255, 128, 0, 0, 1, 0, 2, 0, 3, 0, 4 }, new double[] { -1, -32768, 1, 2, 3, 4 }, PixelType.Float32)]
    [InlineData("<f2", new byte[] { 0, 0x3C, 0, 0xC0, 0, 0, 0, 0x38, 0, 0x7C, 0, 0x40 },
        new[] { 1, -2, 0, 0.5, double.PositiveInfinity, 2 }, PixelType.Float32)]
    public void Types_become_what_images_hold(string descr, byte[] values, double[] expected, PixelType type)
    {
        using NpyArray array = Read(File($"{{'descr': '{descr}', 'fortran_order': False, 'shape': (2, 3), }}", values));
        Assert.Equal(type, array.Type);
        Assert.Equal(expected, Values(array.View("yx", "test")));
    }

    [Theory]
    [InlineData("<i4", 4)]
    [InlineData(">i4", 4)]
    [InlineData("<u4", 4)]
    [InlineData("<i8", 8)]
    [InlineData(">u8", 8)]
    public void Wide_integers_become_float(string descr, int size)
    {
        byte[] values = new byte[2 * size];
        values[descr[0] == '<' ? 0 : size - 1] = 7;
        values[descr[0] == '<' ? size + 1 : 2 * size - 2] = 1;
        using NpyArray array = Read(File($"{{'descr': '{descr}', 'fortran_order': False, 'shape': (2,), }}", values));
        Assert.Equal([7, 256], Values(array.View("x", "test")));
    }

    [Fact]
    public void Doubles_of_either_order_become_float()
    {
        byte[] values = new byte[16];
        BinaryPrimitives.WriteDoubleBigEndian(values, 0.1);
        BinaryPrimitives.WriteDoubleBigEndian(values.AsSpan(8), -1e300);
        using NpyArray array = Read(File("{\"shape\": (2,), \"fortran_order\": False, \"descr\": \">f8\"}", values));
        Assert.Equal([0.1f, float.NegativeInfinity], Values(array.View("x", "test")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void All_versions_are_read(int version)
    {
        using NpyArray array = Read(File("{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }", [1, 2, 3], version));
        Assert.Equal([1, 2, 3], Values(array.View("x", "test")));
    }

    [Fact]
    public void Fortran_order_is_a_matter_of_strides()
    {
        using NpyArray array = Read(File("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", [11, 21, 12, 22, 13, 23]));
        Assert.Equal([11, 12, 13, 21, 22, 23], Values(array.View("yx", "test")));
    }

    [Theory]
    [InlineData("byxc", new[] { 1, 2, 2, 3 }, 1, 1, 3, 2, 2)]
    [InlineData("bczyx", new[] { 2, 3, 4, 5, 6 }, 2, 4, 3, 5, 6)]
    [InlineData("tzcyx", new[] { 2, 3, 4, 5, 6 }, 2, 3, 4, 5, 6)]
    [InlineData("btczyx", new[] { 1, 2, 3, 4, 5, 6 }, 2, 4, 3, 5, 6)]
    [InlineData("bc", new[] { 2, 3 }, 2, 1, 3, 1, 1)]
    public void Any_order_of_axes_is_an_image(string axes, int[] shape, int frames, int slices, int channels, int height, int width)
    {
        using NpyArray array = NpyArray.Create("uint16", [.. shape.Select(size => (long)size)]);
        ImageView view = array.View(axes, "test");
        view.Validate("the array");
        Assert.Equal((frames, slices, channels, height, width), (view.Frames, view.Slices, view.Channels, view.Height, view.Width));
        int number = 0;
        foreach (int[] at in Indices(shape))
        {
            int Of(char letter) => axes.IndexOf(letter) is >= 0 and int axis ? at[axis] : 0;
            int frame = axes.Contains('t') ? Of('t') : Of('b');
            using PlaneLock plane = view.Lock(view.PlaneNumber(frame, Of('z'), Of('c')), write: true);
            *(ushort*)plane.Pixel(Of('y'), Of('x')) = (ushort)++number;
        }
        var stream = new MemoryStream();
        Npy.Write(stream, array);
        byte[] written = stream.ToArray();
        Assert.Equal(Enumerable.Range(1, number),
            Enumerable.Range(0, number).Select(i => (int)BitConverter.ToUInt16(written, written.Length - 2 * number + 2 * i)));
    }

    [Theory]
    [InlineData("float32", new long[] { 1, 3, 5, 7 })]
    [InlineData("uint16", new long[] { 4 })]
    [InlineData("bool", new long[] { 2, 2 })]
    [InlineData("uint8", new long[0])]
    public void What_is_written_is_read(string dataType, long[] shape)
    {
        using NpyArray array = NpyArray.Create(dataType, shape);
        var stream = new MemoryStream();
        Npy.Write(stream, array);
        Assert.Equal(0, (stream.Length - array.Count * array.Type.Size()) % 64);
        stream.Position = 0;
        using NpyArray read = Npy.Read(stream, "test");
        Assert.Equal((dataType, array.Type), (read.DataType, read.Type));
        Assert.Equal(shape, read.Shape);
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "Python objects")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "plain values")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "'<c8'")]
    [InlineData("{'descr': '', 'fortran_order': False, 'shape': (1,), }", "type ''")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "sizes")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }", "sizes")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "sizes")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }", "more than")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647,), }", "ends before")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1,), }", "8 axes")]
    [InlineData("{'descr': '<f4', 'fortran_order': None, 'shape': (1,), }", "neither")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "not descr")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': 1}", "'x'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } + 1", "not descr")]
    [InlineData("__import__('os')", "plain values")]
    [InlineData("", "plain values")]
    [InlineData("{'descr", "plain values")]
    public void Hostile_headers_are_refused(string header, string why)
    {
        var error = Assert.Throws<BioDLException>(() => Read(File(header, [0, 0, 0, 0])));
        Assert.Equal(Status.ModelInvalid, error.Status);
        Assert.Contains("test.npy", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] whole = File("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", [1, 2, 3, 4], 2);
        for (int length = 0; length < whole.Length; length++)
            Assert.Equal(Status.ModelInvalid, Assert.Throws<BioDLException>(() => Read(whole[..length])).Status);
    }

    [Fact]
    public void Another_number_of_axes_is_an_error()
    {
        using NpyArray array = NpyArray.Create("uint8", [2, 3]);
        Assert.Contains("2 axes (2 x 3)", Assert.Throws<BioDLException>(() => array.View("bcyx", "test")).Message,
            StringComparison.Ordinal);
    }

    private static NpyArray Read(byte[] file) => Npy.Read(new MemoryStream(file), "test.npy");

    private static byte[] File(string header, byte[] values, int version = 1)
    {
        byte[] text = Encoding.Latin1.GetBytes(header.PadRight(64) + "\n");
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. values];
    }

    private static double[] Values(ImageView view)
    {
        var values = new List<double>();
        using PlaneLock plane = view.Lock(0);
        for (int y = 0; y < view.Height; y++)
            for (int x = 0; x < view.Width; x++)
                values.Add(PixelValue.Read(plane.Pixel(y, x), view.Type, PixelPart.Whole));
        return [.. values];
    }

    private static IEnumerable<int[]> Indices(int[] shape)
    {
        for (int n = 0; n < shape.Aggregate((a, b) => a * b); n++)
        {
            int[] at = new int[shape.Length];
            for (int axis = shape.Length - 1, rest = n; axis >= 0; rest /= shape[axis--])
                at[axis] = rest % shape[axis];
            yield return at;
        }
    }
}
