using System.Collections.Concurrent;

namespace BioDL.Torch.Worker;

/// <summary>
/// <c>biodl-torch MEMORY LIBTORCH BYTES THREADS PARENT</c>: the worker process of a BioDL library. It is started by the library and by
/// nobody else.
/// MEMORY: the file of the shared memory; LIBTORCH: the folder of its libraries; BYTES: of memory that it may take; THREADS: of an
/// operator; PARENT: the
/// process that it belongs to, and with which it ends. Requests arrive and answers leave on file descriptor 0, one line of JSON each.
/// </summary>
internal static class Program
{
    /// <summary>
    /// For expressions as long as the library's checks let through: the script compiler recurses. Only what is used is taken.
    /// </summary>
    private const int StackBytes = 256 << 20;

    private static int Main(string[] arguments)
    {
        if (arguments.Length != 5)
        {
            Console.Error.WriteLine("biodl-torch runs TorchScript for BioDL, which starts it where it is needed.");
            return 2;
        }
        Limits.EndWithParent(int.Parse(arguments[4]));
        var requests = new BlockingCollection<string>();
        var worker = new Worker(new WorkerOptions(arguments[0], arguments[1], long.Parse(arguments[2]), int.Parse(arguments[3])));
        var thread = new Thread(() => worker.Serve(requests), StackBytes) { IsBackground = true, Name = "BioDL libtorch" };
        thread.Start();
        // This thread only listens, so that the end of the library is heard in the middle of an operator too.
        var lines = new LineReader(0);
        while (lines.Next() is { } line)
            requests.Add(line);
        SystemCalls._exit(0);
        return 0;
    }
}

/// <param name="SharedMemory">its file</param>
/// <param name="Libtorch">a folder</param>
/// <param name="MemoryBytes">that may be taken beyond what libtorch takes when it is loaded</param>
/// <param name="Threads">inside an operator</param>
internal sealed record WorkerOptions(string SharedMemory, string Libtorch, long MemoryBytes, int Threads);
