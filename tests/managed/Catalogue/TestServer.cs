using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BioDL.Tests.Catalogues;

/// <summary>What somebody asked for.</summary>
/// <param name="Target">as in the request line: a path, or a whole address when the server is used as a proxy</param>
/// <param name="Headers">names in lower case</param>
/// <param name="Number">how often this target was asked for, from 1</param>
internal sealed record Asked(string Target, IReadOnlyDictionary<string, string> Headers, int Number)
{
    internal long From => Headers.TryGetValue("range", out string? range)
        ? long.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;
}

/// <summary>What the server gives, and what it does wrong on purpose.</summary>
internal sealed record Reply(byte[] Body)
{
    internal int Status { get; init; } = 200;
    internal string? ETag { get; init; }
    internal string? Location { get; init; }
    internal string? RetryAfter { get; init; }

    /// <summary>Ranges are given as asked, if If-Range allows.</summary>
    internal bool Ranges { get; init; } = true;

    /// <summary>The start that a range is said to have; null: the truth.</summary>
    internal long? ClaimedStart { get; init; }

    /// <summary>Content-Length; null: the truth; -1: none, and the end of the connection is the end of the body.</summary>
    internal long? ClaimedLength { get; init; }

    /// <summary>Break the connection after so many bytes of the body.</summary>
    internal long? CutAfter { get; init; }

    /// <summary>Say no more after so many bytes of the body, and keep the connection.</summary>
    internal long? StallAfter { get; init; }

    /// <summary>Milliseconds after each 16 KiB.</summary>
    internal int Slow { get; init; }

    internal static Reply Error(int status) => new("no"u8.ToArray()) { Status = status };

    internal static Reply Redirect(string location) => new([]) { Status = 302, Location = location };
}

/// <summary>A small HTTP server on the loopback address, one thread a connection, one request a connection.</summary>
internal sealed class TestServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, Func<Asked, Reply>> _routes = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly CancellationTokenSource _end = new();
    private long _sent;

    internal TestServer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        new Thread(Accept) { IsBackground = true }.Start();
    }

    internal int Port { get; }

    internal ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>Bytes of bodies.</summary>
    internal long Sent => Interlocked.Read(ref _sent);

    internal string Url(string path) => $"http://127.0.0.1:{Port}/{path}";

    internal Asked[] For(string path) => [.. Requests.Where(request => request.Target == "/" + path || request.Target == path)];

    internal TestServer With(string path, Func<Asked, Reply> route)
    {
        _routes["/" + path] = route;
        return this;
    }

    internal TestServer With(string path, byte[] body, string? tag = null) => With(path, _ => new Reply(body) { ETag = tag });

    internal TestServer With(string path, string body) => With(path, Encoding.UTF8.GetBytes(body));

    /// <summary>A target that is no path: what a proxy is asked for.</summary>
    internal TestServer WithProxied(string address, byte[] body)
    {
        _routes[address] = _ => new Reply(body);
        return this;
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket socket = _listener.AcceptSocket();
                new Thread(() => Serve(socket)) { IsBackground = true }.Start();
            }
        }
        catch (Exception error) when (error is SocketException or InvalidOperationException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private void Serve(Socket socket)
    {
        try
        {
            using var stream = new NetworkStream(socket, ownsSocket: true);
            if (Read(stream) is { } asked)
            {
                Requests.Enqueue(asked);
                Answer(socket, stream, asked, _routes.TryGetValue(asked.Target, out var route) ? route(asked) : Reply.Error(404));
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            // the client has gone
        }
    }

    private Asked? Read(Stream stream)
    {
        var text = new StringBuilder();
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int value = stream.ReadByte();
            if (value < 0)
                return null;
            text.Append((char)value);
        }
        string[] lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string target = lines[0].Split(' ')[1];
        return new Asked(target, lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0].ToLowerInvariant(),
            pair => pair[1]),
            _counts.AddOrUpdate(target, 1, (_, count) => count + 1));
    }

    private void Answer(Socket socket, Stream stream, Asked asked, Reply reply)
    {
        bool same = !asked.Headers.TryGetValue("if-range", out string? tag) || tag == reply.ETag;
        bool range = reply is { Status: 200, Ranges: true } && asked.Headers.ContainsKey("range") && same;
        long start = range ? asked.From : 0;
        bool beyond = range && start >= reply.Body.Length;
        byte[] body = beyond ? [] : reply.Body[(int)start..];
        var head = new StringBuilder($"HTTP/1.1 {(beyond ? 416 : range ? 206 : reply.Status)} X\r\nConnection: close\r\n");
        if (range)
        {
            long from = reply.ClaimedStart ?? start;
            string bytes = beyond ? "*" : $"{from}-{from + body.Length - 1}";
            head.Append(CultureInfo.InvariantCulture, $"Content-Range: bytes {bytes}/{reply.Body.Length}\r\n");
        }
        if ((reply.ClaimedLength ?? body.Length) is >= 0 and var length)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");
        foreach (var (name, value) in new[] { ("ETag", reply.ETag), ("Location", reply.Location), ("Retry-After", reply.RetryAfter) })
        {
            if (value is not null)
                head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }
        stream.Write(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
        Send(socket, stream, body, reply);
    }

    private void Send(Socket socket, Stream stream, byte[] body, Reply reply)
    {
        long end = Math.Min(body.Length, Math.Min(reply.CutAfter ?? long.MaxValue, reply.StallAfter ?? long.MaxValue));
        for (int at = 0; at < end;)
        {
            int count = (int)Math.Min(16384, end - at);
            stream.Write(body, at, count);
            at += count;
            Interlocked.Add(ref _sent, count);
            if (reply.Slow > 0)
                _end.Token.WaitHandle.WaitOne(reply.Slow);
        }
        stream.Flush();
        if (reply.StallAfter is not null)
            _end.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(20));
        else if (reply.CutAfter is null)
            socket.Shutdown(SocketShutdown.Send);
    }
}
