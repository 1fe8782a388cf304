using System.Collections;
using System.ComponentModel;
using System.Text;
using static BioDL.Torch.Worker.Posix;

namespace BioDL.Torch.Worker;

/// <summary>Starts a program.</summary>
internal static unsafe class Spawn
{
    /// <param name="program">its path</param>
    /// <param name="arguments">without its name</param>
    /// <param name="input">becomes its file descriptor 0</param>
    /// <param name="errors">becomes 2; what it prints goes nowhere</param>
    /// <returns>the process</returns>
    /// <exception cref="Win32Exception">The system's reason.</exception>
    public static int Start(string program, IEnumerable<string> arguments, int input, int errors)
    {
        byte* actions = stackalloc byte[OpaqueBytes], attributes = stackalloc byte[OpaqueBytes], signals = stackalloc byte[OpaqueBytes];
        _ = posix_spawn_file_actions_init(actions);
        _ = posix_spawn_file_actions_adddup2(actions, input, 0);
        _ = posix_spawn_file_actions_addopen(actions, 1, "/dev/null", WriteOnly, 0);
        _ = posix_spawn_file_actions_adddup2(actions, errors, 2);
        // A Java or Python host blocks and ignores signals of its own, which the program would inherit.
        _ = posix_spawnattr_init(attributes);
        _ = posix_spawnattr_setflags(attributes, SetSignalMask | SetSignalDefaults);
        _ = sigemptyset(signals);
        _ = posix_spawnattr_setsigmask(attributes, signals);
        _ = sigfillset(signals);
        _ = posix_spawnattr_setsigdefault(attributes, signals);
        using var texts = new NativeTexts();
        byte** argv = texts.List([program, .. arguments]), envp = texts.List(Environment());
        int process, error = posix_spawn(&process, argv[0], actions, attributes, argv, envp);
        _ = posix_spawn_file_actions_destroy(actions);
        _ = posix_spawnattr_destroy(attributes);
        return error == 0 ? process : throw new Win32Exception(error);
    }

    /// <summary>
    /// The host's own, but threads of libtorch that have nothing to do sleep: spinning, they take the processor from the host, and make a
    /// step three to six times slower when other programs want it too.
    /// </summary>
    private static IEnumerable<string> Environment()
    {
        string[] passive = ["OMP_WAIT_POLICY=PASSIVE", "KMP_BLOCKTIME=0"];
        foreach (string variable in passive)
            yield return variable;
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
            if (!passive.Any(one => one.StartsWith($"{variable.Key}=", StringComparison.Ordinal)))
                yield return $"{variable.Key}={variable.Value}";
    }

    /// <summary>Lists of texts as C has them.</summary>
    private sealed class NativeTexts : IDisposable
    {
        private readonly List<nint> _memory = [];

        public byte** List(IEnumerable<string> texts)
        {
            byte[][] bytes = [.. texts.Select(text => Encoding.UTF8.GetBytes(text + "\0"))];
            var list = (byte**)Take((bytes.Length + 1) * sizeof(nint));
            for (int i = 0; i < bytes.Length; i++)
            {
                list[i] = (byte*)Take(bytes[i].Length);
                bytes[i].CopyTo(new Span<byte>(list[i], bytes[i].Length));
            }
            return list;
        }

        public void Dispose() => _memory.ForEach(memory => System.Runtime.InteropServices.NativeMemory.Free((void*)memory));

        private void* Take(int bytes)
        {
            void* memory = System.Runtime.InteropServices.NativeMemory.AllocZeroed((nuint)bytes);
            _memory.Add((nint)memory);
            return memory;
        }
    }
}
