using System.Buffers.Binary;

namespace BioDL.Tests.TensorFlow;

/// <summary>Reads what ImageJ writes for the test images of N2V: big-endian, float32, one uncompressed plane in strips.</summary>
internal static class FloatTiff
{
    /// <returns>(1, width, height, 1): the network of the package was trained on images with their axes the other way round</returns>
    public static Nd Read(byte[] file)
    {
        int At(int place) => checked((int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(place)));
        Assert.Equal([(byte)'M', (byte)'M', 0, 42], file[..4]);
        var tags = new Dictionary<int, (int Type, int Count, int Place)>();
        int directory = At(4), count = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(directory));
        for (int i = 0; i < count; i++)
        {
            int entry = directory + 2 + 12 * i;
            tags[BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(entry))] = (BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(entry + 2)), At(entry + 4), entry + 8);
        }
        int width = At(tags[256].Place), height = At(tags[257].Place);
        Assert.Equal(height, tags[273].Count);
        var image = new Nd(1, width, height, 1);
        for (int y = 0; y < height; y++)
        {
            int row = At(At(tags[273].Place) + 4 * y);
            for (int x = 0; x < width; x++)
                image[0, x, y, 0] = BinaryPrimitives.ReadSingleBigEndian(file.AsSpan(row + 4 * x));
        }
        return image;
    }
}
