using System.Collections.Concurrent;

namespace BioDL.Torch.Worker;

/// <summary>
/// <c>biodl-torch MEMORY LIBTORCH BYTES THREADS PARENT</c> runs TorchScript, and
/// <c>biodl-torch train FOLDER LIBTORCH BYTES THREADS PARENT</c> trains: the worker processes of a BioDL library, started by it and by
/// nobody else.
/// MEMORY: the file of the shared memory; FOLDER: of the training; LIBTORCH: the folder of its libraries; BYTES: of memory that it may
/// take; THREADS: of an operator; PARENT: the process that it belongs to, and with which it ends. What is asked arrives and what
/// is answered leaves on file descriptor 0, one line each.
/// </summary>
internal static class Program
{
    /// <summary>
    /// For expressions as long as the library's checks let through: the script compiler recurses. Only what is used is taken.
    /// </summary>
    private const int StackBytes = 256 << 20;

    private static int Main(string[] arguments)
    {
        bool trains = arguments.Length == 6 && arguments[0] == "train";
        if (!trains && arguments.Length != 5)
        {
            Console.Error.WriteLine("biodl-torch runs TorchScript and trains for BioDL, which starts it where it is needed.");
            return 2;
        }
        Limits.EndWithParent(int.Parse(arguments[^1]));
        var (place, libtorch, bytes, threads) = (arguments[^5], arguments[^4], long.Parse(arguments[^3]), int.Parse(arguments[^2]));
        if (trains)
        {
            var training = new Training(place, libtorch, bytes, threads);
            Start(training.Run);
            Channel.Listen(training.Tell);
            return 0;
        }
        var requests = new BlockingCollection<string>();
        var worker = new Worker(new WorkerOptions(place, libtorch, bytes, threads));
        Start(() => worker.Serve(requests));
        Channel.Listen(requests.Add);
        return 0;
    }

    private static void Start(ThreadStart work) =>
        new Thread(work, StackBytes) { IsBackground = true, Name = "BioDL libtorch" }.Start();
}

/// <param name="SharedMemory">its file</param>
/// <param name="Libtorch">a folder</param>
/// <param name="MemoryBytes">that may be taken beyond what libtorch takes when it is loaded</param>
/// <param name="Threads">inside an operator</param>
internal sealed record WorkerOptions(string SharedMemory, string Libtorch, long MemoryBytes, int Threads);
