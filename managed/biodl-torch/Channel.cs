using System.Text;

namespace BioDL.Torch.Worker;

/// <summary>The socket to the library, on file descriptor 0.</summary>
internal static unsafe class Channel
{
    /// <summary>Send a line. When nobody listens any more, this process ends.</summary>
    public static void Send(string line)
    {
        byte[] text = Encoding.UTF8.GetBytes(line + "\n");
        fixed (byte* bytes = text)
        {
            for (nint done = 0, count; done < text.Length; done += count)
            {
                if ((count = SystemCalls.write(0, bytes + done, text.Length - done)) <= 0)
                    SystemCalls._exit(1);
            }
        }
    }

    /// <summary>
    /// Hear all lines to the end, which is also that of this process: the end of the library is heard in the middle of an operator too.
    /// </summary>
    public static void Listen(Action<string> hear)
    {
        var lines = new LineReader(0);
        while (lines.Next() is { } line)
            hear(line);
        SystemCalls._exit(0);
    }
}
