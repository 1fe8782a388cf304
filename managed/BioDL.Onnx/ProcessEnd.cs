using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Core;

namespace BioDL.Onnx;

/// <summary>
/// What the end of the process means for work inside ONNX Runtime. exit() destroys the library's static objects while other threads still
/// use them, which would end the process with a signal in place of its own code. So a handler that runs before them lets nobody in any
/// more, asks those inside to stop, and waits a moment for them to leave; sessions are left as they are. Objects that the library makes at
/// a first use would be destroyed before any handler that was registered earlier: <see cref="LastingObjects"/>.
/// </summary>
/// <remarks>
/// Windows ends all other threads before it destroys anything, and a program on .NET's own runtime stops its threads itself: nothing is
/// done there.
/// </remarks>
internal static unsafe partial class ProcessEnd
{
    private const int MostMilliseconds = 5000;

    /// <summary>In which exit(), when it runs already, has come to what was just registered: that is next.</summary>
    private const int NextMilliseconds = 10;

    /// <summary>At least those of a sem_t.</summary>
    private const int SemaphoreBytes = 64;
    private static readonly bool IsNeeded = !RuntimeFeature.IsDynamicCodeSupported && !OperatingSystem.IsWindows();
    private static readonly Lock Gate = new();
    private static readonly List<Visit> Inside = [];
    private static bool _ending;

    /// <summary>The process ends: nothing of ONNX Runtime may be touched.</summary>
    public static bool Has => Volatile.Read(ref _ending);

    /// <summary>Do work inside ONNX Runtime.</summary>
    /// <param name="work">what to do</param>
    /// <param name="stop">asks it to end early, from another thread</param>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/>: the process ends.</exception>
    public static T Hold<T>(Func<T> work, Action stop)
    {
        using Visit visit = Enter(stop);
        try
        {
            return work();
        }
        catch (Exception) when (Has)
        {
            throw Ending();
        }
    }

    /// <summary>Be inside ONNX Runtime, for which the end of the process waits.</summary>
    /// <param name="stop">asks to leave early, from another thread; null: it takes a moment only</param>
    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/>: the process ends.</exception>
    public static Visit Enter(Action? stop = null) => TryEnter(stop) ?? throw Ending();

    /// <returns>null where the process ends: nothing may be touched, nor need it be freed</returns>
    public static Visit? TryEnter(Action? stop = null)
    {
        lock (Gate)
        {
            if (_ending)
                return null;
            var visit = new Visit(stop);
            Inside.Add(visit);
            return visit;
        }
    }

    /// <summary>Run the handler before the objects of libraries that are loaded now are destroyed.</summary>
    public static void Watch()
    {
        if (!IsNeeded || Has)
            return;
        try
        {
            _ = OnExit(&End, 0);
        }
        catch (EntryPointNotFoundException)
        {
            // Not of glibc: the handler is not told the exit code, and does not need it unless somebody does not leave.
            _ = AtExit(&EndWithoutCode, 0, 0);
        }
    }

    /// <summary>
    /// Find out whether the process began to end while a library was loaded and is destroying what that made: then it comes at once to what
    /// is registered now, a semaphore's post, which needs nothing of .NET.
    /// </summary>
    public static void Look()
    {
        if (!IsNeeded || !NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "sem_post", out nint post))
            return;
        var semaphore = (nint)NativeMemory.AllocZeroed(SemaphoreBytes);     // for as long as the process lives
        if (MakeSemaphore(semaphore, 0, 0) != 0 || AtExit((delegate* unmanaged[Cdecl]<nint, void>)post, semaphore, 0) != 0)
            return;
        for (int i = 0; i < NextMilliseconds && !Has; i++)
        {
            Thread.Sleep(1);
            if (IsPosted(semaphore) == 0)
                Volatile.Write(ref _ending, true);
        }
    }

    public static BioDLException Ending() => new(Status.Cancelled, "The process is ending.");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void End(int code, nint unused)
    {
        if (Leave())
            return;
        // Somebody is inside that cannot be stopped. What else would be done at the end is worth less than the code.
        _ = Flush(0);
        EndNow(code);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void EndWithoutCode(nint unused) => Leave();

    /// <returns>whether nobody is inside</returns>
    private static bool Leave()
    {
        Volatile.Write(ref _ending, true);
        for (long begin = Environment.TickCount64; Environment.TickCount64 - begin < MostMilliseconds; Thread.Sleep(1))
        {
            lock (Gate)
            {
                if (Inside.Count == 0)
                    return true;
                foreach (Visit visit in Inside)
                    visit.Stop?.Invoke();
            }
        }
        return false;
    }

    [LibraryImport("libc", EntryPoint = "on_exit")]
    private static partial int OnExit(delegate* unmanaged[Cdecl]<int, nint, void> handler, nint argument);

    [LibraryImport("libc", EntryPoint = "__cxa_atexit")]
    private static partial int AtExit(delegate* unmanaged[Cdecl]<nint, void> handler, nint argument, nint library);

    [LibraryImport("libc", EntryPoint = "sem_init")]
    private static partial int MakeSemaphore(nint semaphore, int shared, uint value);

    [LibraryImport("libc", EntryPoint = "sem_trywait")]
    private static partial int IsPosted(nint semaphore);

    [LibraryImport("libc", EntryPoint = "fflush")]
    private static partial int Flush(nint file);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void EndNow(int code);

    /// <summary>Lasts until it is disposed.</summary>
    public sealed class Visit(Action? stop) : IDisposable
    {
        internal Action? Stop { get; } = stop;

        public void Dispose()
        {
            lock (Gate)
                Inside.Remove(this);
        }
    }
}
