using System.Globalization;
using System.Runtime.InteropServices;
using BioDL.Core.Objects.StarConvex;

namespace BioDL.Bench;

/// <summary>The C++ baseline of suppression, compiled where g++ and libpolyclipping are installed.</summary>
internal sealed class ClipperBaseline : IDisposable
{
    private readonly NativeBaseline _program;

    private ClipperBaseline(NativeBaseline program) => _program = program;

    /// <summary>Compile it; null when that cannot be done here, and why.</summary>
    public static ClipperBaseline? TryCreate(out string why) =>
        NativeBaseline.TryCreate("g++", "clipper_suppression.cpp", "-fopenmp -lpolyclipping", "libpolyclipping-dev", out why) is { } program
        ? new(program) : null;

    /// <summary>The least seconds of some runs, and the indices of the survivors.</summary>
    public (double Seconds, int[] Survivors) Run(CandidateList candidates, int[] order, float threshold, int runs)
    {
        string file = Path.Combine(_program.Folder, "candidates");
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
        string[] lines = _program.Run($"{file} {runs}");
        return (double.Parse(lines[0], CultureInfo.InvariantCulture),
            [.. lines.Skip(1).Select(line => order[int.Parse(line, CultureInfo.InvariantCulture)])]);
    }

    public void Dispose() => _program.Dispose();
}
