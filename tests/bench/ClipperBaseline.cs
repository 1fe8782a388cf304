using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using BioDL.Core.Objects.StarConvex;

namespace BioDL.Bench;

/// <summary>The C++ baseline of suppression, compiled where g++ and libpolyclipping are installed.</summary>
internal sealed class ClipperBaseline : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("biodl-bench").FullName;

    private ClipperBaseline()
    {
    }

    private string Program => Path.Combine(_folder, "clipper_suppression");

    /// <summary>Compile it; null when that cannot be done here, and why.</summary>
    public static ClipperBaseline? TryCreate(out string why)
    {
        var baseline = new ClipperBaseline();
        string source = Path.Combine(AppContext.BaseDirectory, "native", "clipper_suppression.cpp");
        try
        {
            (int code, string output) = Execute("g++", $"-O3 -fopenmp -o {baseline.Program} {source} -lpolyclipping");
            why = code == 0 ? "" : "g++ cannot compile it; is libpolyclipping-dev installed? " + output.Split('\n')[0];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            why = "there is no g++";
        }
        if (why.Length == 0)
            return baseline;
        baseline.Dispose();
        return null;
    }

    /// <summary>The least seconds of some runs, and the indices of the survivors.</summary>
    public (double Seconds, int[] Survivors) Run(CandidateList candidates, int[] order, float threshold, int runs)
    {
        string file = Path.Combine(_folder, "candidates");
        using (var writer = new BinaryWriter(File.Create(file)))
        {
            writer.Write(order.Length);
            writer.Write(candidates.Rays);
            writer.Write(threshold);
            foreach (int i in order)
            {
                writer.Write(candidates.Y(i));
                writer.Write(candidates.X(i));
            }
            foreach (int i in order)
                writer.Write(MemoryMarshal.AsBytes(candidates.Distances(i)));
        }
        (int code, string output) = Execute(Program, $"{file} {runs}");
        if (code != 0)
            throw new InvalidOperationException($"the baseline ended with {code}");
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (double.Parse(lines[0], CultureInfo.InvariantCulture), [.. lines.Skip(1).Select(line => order[int.Parse(line, CultureInfo.InvariantCulture)])]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (int Code, string Output) Execute(string program, string arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : errors.Result);
    }
}
