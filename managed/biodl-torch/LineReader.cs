using System.Text;

namespace BioDL.Torch.Worker;

/// <summary>Lines of text from a file descriptor, as they come.</summary>
internal sealed unsafe class LineReader(int file)
{
    private readonly List<byte> _rest = [];
    private readonly byte[] _buffer = new byte[1 << 16];

    /// <returns>null at the end</returns>
    public string? Next()
    {
        int end;
        while ((end = _rest.IndexOf((byte)'\n')) < 0)
        {
            nint count;
            fixed (byte* into = _buffer)
                count = SystemCalls.read(file, into, _buffer.Length);
            if (count <= 0)
                return null;
            _rest.AddRange(_buffer.AsSpan(0, (int)count));
        }
        string line = Encoding.UTF8.GetString(_rest[..end].ToArray());
        _rest.RemoveRange(0, end + 1);
        return line;
    }
}
