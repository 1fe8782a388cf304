using System.Buffers.Binary;

namespace BioDL.Fuzz;

/// <summary>Changes of bytes that know nothing of their meaning.</summary>
internal static class ByteMutations
{
    internal static readonly long[] Telling =
        [0, 1, -1, 127, 128, 255, 256, 32767, 65535, 65536, int.MaxValue, uint.MaxValue, long.MaxValue, long.MinValue,
            0x7FFFFFF0, 1L << 40];

    /// <summary>One to four changes, early bytes more often than late ones, for headers come first.</summary>
    internal static byte[] Apply(byte[] bytes, Random random)
    {
        byte[] result = [.. bytes];
        for (int changes = random.Next(1, 5); changes > 0; changes--)
            result = Change(result, random);
        return result;
    }

    private static byte[] Change(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
            return [(byte)random.Next(256)];
        int at = Place(bytes.Length, random);
        switch (random.Next(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                return bytes[..at];
            case 3:
                Span<byte> number = stackalloc byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(number, Telling[random.Next(Telling.Length)]);
                int width = Math.Min(1 << random.Next(4), bytes.Length - at);
                number[..width].CopyTo(bytes.AsSpan(at));
                return bytes;
            case 4:
                int cut = Math.Min(random.Next(1, 65), bytes.Length - at);
                return [.. bytes[..at], .. bytes[(at + cut)..]];
            case 5:
                byte[] noise = new byte[random.Next(1, 65)];
                random.NextBytes(noise);
                return [.. bytes[..at], .. noise, .. bytes[at..]];
            case 6:
                int from = Place(bytes.Length, random), length = Math.Min(random.Next(1, 257), bytes.Length - from);
                return [.. bytes[..at], .. bytes[from..(from + length)], .. bytes[at..]];
            case 7:
                bytes.AsSpan(at, Math.Min(random.Next(1, 33), bytes.Length - at)).Fill(random.Next(2) == 0 ? (byte)0 : (byte)255);
                return bytes;
            default:
                int other = Place(bytes.Length, random);
                (bytes[at], bytes[other]) = (bytes[other], bytes[at]);
                return bytes;
        }
    }

    private static int Place(int length, Random random) => random.Next(3) switch
    {
        0 => random.Next(Math.Min(length, 256)),
        1 => (int)(Math.Pow(random.NextDouble(), 3) * length),
        _ => random.Next(length),
    };
}
