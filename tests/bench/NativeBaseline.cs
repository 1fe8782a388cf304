using System.ComponentModel;
using System.Diagnostics;

namespace BioDL.Bench;

/// <summary>A baseline in C or C++ from tests/bench/native, compiled where a compiler and its library are installed.</summary>
internal sealed class NativeBaseline : IDisposable
{
    private readonly string _program;

    private NativeBaseline(string name) => _program = Path.Combine(Folder, Path.GetFileNameWithoutExtension(name));

    /// <summary>For its files; goes away with it.</summary>
    internal string Folder { get; } = Directory.CreateTempSubdirectory("biodl-bench").FullName;

    /// <summary>Compile it; null when that cannot be done here, and why.</summary>
    /// <param name="compiler">gcc or g++</param>
    /// <param name="source">in tests/bench/native</param>
    /// <param name="options">such as the libraries</param>
    /// <param name="package">of Debian that has them</param>
    /// <param name="why">it is null</param>
    internal static NativeBaseline? TryCreate(string compiler, string source, string options, string package, out string why)
    {
        var baseline = new NativeBaseline(source);
        try
        {
            (int code, string output) = Execute(compiler,
                $"-O3 -o {baseline._program} {Path.Combine(AppContext.BaseDirectory, "native", source)} {options}");
            why = code == 0 ? "" : $"{compiler} cannot compile it; is {package} installed? {output.Split('\n')[0]}";
        }
        catch (Win32Exception)
        {
            why = $"there is no {compiler}";
        }
        if (why.Length == 0)
            return baseline;
        baseline.Dispose();
        return null;
    }

    /// <summary>The lines that it prints.</summary>
    internal string[] Run(string arguments)
    {
        (int code, string output) = Execute(_program, arguments);
        return code == 0 ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"the baseline ended with {code}: {output}");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static (int Code, string Output) Execute(string program, string arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : errors.Result);
    }
}
