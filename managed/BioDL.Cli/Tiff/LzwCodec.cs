namespace BioDL.Cli.Tiff;

/// <summary>
/// TIFF's LZW (TIFF 6.0, section 13): codes of 9 to 12 bits, the high bit first, one code wider a code early. An entry of the table is a
/// place in what was
/// decoded already: the string of the code before and the byte behind it, so that adding one costs nothing.
/// </summary>
internal static unsafe class LzwCodec
{
    private const int Clear = 256, End = 257, First = 258, Entries = 4096;

    /// <summary>Data of before TIFF 6.0, whose codes have the low bit first.</summary>
    internal static bool IsOldStyle(byte* data, long bytes) => bytes > 1 && data[0] == 0 && (data[1] & 1) != 0;

    /// <returns>bytes written; fewer than asked for when the data end before</returns>
    /// <exception cref="InvalidDataException">A code that stands for nothing.</exception>
    internal static long Decode(byte* data, long bytes, byte* into, long count)
    {
        long* start = stackalloc long[Entries];
        int* length = stackalloc int[Entries];
        long at = 0, done = 0, lastStart = 0;
        ulong held = 0;
        int heldBits = 0, width = 9, next = First, lastLength = 0;
        while (done < count)
        {
            while (heldBits < width)
            {
                if (at >= bytes)
                    return done;
                if (at <= bytes - 4 && heldBits <= 32)
                {
                    held = held << 32 | System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(*(uint*)(data + at));
                    (at, heldBits) = (at + 4, heldBits + 32);
                }
                else
                {
                    held = held << 8 | data[at++];
                    heldBits += 8;
                }
            }
            heldBits -= width;
            int code = (int)(held >> heldBits) & ((1 << width) - 1);
            if (code == Clear)
            {
                (width, next, lastLength) = (9, First, 0);
                continue;
            }
            if (code == End)
                return done;
            if (lastLength > 0 && next < Entries)
            {
                (start[next], length[next]) = (lastStart, lastLength + 1);
                next++;
            }
            lastStart = done;
            if (code < Clear)
            {
                into[done++] = (byte)code;
                lastLength = 1;
            }
            else
            {
                if (code >= next)
                    throw new InvalidDataException("its LZW data have a code that stands for nothing");
                lastLength = length[code];
                done = Copy(into, start[code], done, lastLength, count);
            }
            if (next > (1 << width) - 2 && width < 12)
                width++;
        }
        return done;
    }

    // The string may reach into what is being written: a byte behind another.
    private static long Copy(byte* into, long from, long to, int length, long count)
    {
        long end = Math.Min(to + length, count);
        if (to - from >= 8 && to + length + 8 <= count)
        {
            for (; to < end; to += 8, from += 8)
                *(ulong*)(into + to) = *(ulong*)(into + from);
            return end;
        }
        while (to < end)
            into[to++] = into[from++];
        return end;
    }
}
