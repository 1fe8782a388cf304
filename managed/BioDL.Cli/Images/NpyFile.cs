using BioDL.Core.Images;
using BioDL.Core.Runs;
using BioDL.Models.Files;
using BioDL.Models.Outputs;

namespace BioDL.Cli.Images;

/// <summary>An output of a run on its way into a .npy file, and how the axes of such files are those of a model's tensors.</summary>
internal sealed class NpyFile : IResultFile
{
    private readonly SafeFile _file;
    private readonly NpyArray _array;

    /// <param name="file">to write; belongs to this from now on</param>
    /// <param name="output">what the run gives</param>
    /// <param name="tensor">the output as the model describes it</param>
    /// <param name="type">of its values</param>
    /// <exception cref="BioDL.Core.BioDLException"><see cref="BioDL.Core.Status.OutOfMemory"/></exception>
    internal NpyFile(SafeFile file, PlannedOutput output, OutputTensor tensor, PixelType type)
    {
        string axes = Axes(output, tensor);
        long[] shape = [.. axes.Select(axis => Size(output, axis))];
        _file = file;
        _array = NpyArray.Create(output.DataType == "bool" && type == PixelType.UInt8 ? "bool" : type.ToString().ToLowerInvariant(), shape);
        About = new ResultFile(output.Name, file.Path, type, axes, shape);
        View = _array.View(axes, file.Path);
    }

    public ResultFile About { get; }

    public ImageView View { get; }

    public void Commit(string provenance) => _file.Write(stream => Npy.Write(stream, _array));

    public void Dispose()
    {
        _array.Dispose();
        _file.Dispose();
    }

    internal static bool IsOne(string path) => Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);

    /// <summary>The axes of an array that is read.</summary>
    /// <param name="dimensions">of the array</param>
    /// <param name="input">that it is for</param>
    /// <param name="asked">
    /// what the user says; null: the tensor's own, of which the batch, and then a single channel, need not be there
    /// </param>
    internal static string AxesOf(int dimensions, InputTensor input, string? asked)
    {
        if (asked is not null)
            return asked;
        string axes = input.ArrayAxes;
        if (axes.Length > dimensions)
            axes = axes.Replace("b", "", StringComparison.Ordinal);
        return axes.Length > dimensions && input.Channels == 1 ? axes.Replace("c", "", StringComparison.Ordinal) : axes;
    }

    private static long Size(PlannedOutput output, char axis) => axis switch
    {
        'z' => output.Slices,
        'c' => output.Channels,
        'y' => output.Height,
        'x' => output.Width,
        _ => output.Frames,
    };

    /// <summary>The tensor's own, and those that the run adds: frames, slices, channels one by one.</summary>
    private static string Axes(PlannedOutput output, OutputTensor tensor)
    {
        string axes = tensor.ArrayAxes;
        if (output.Frames > 1 && !axes.Contains('b', StringComparison.Ordinal))
            axes = "b" + axes;
        if (output.Channels > 1 && !axes.Contains('c', StringComparison.Ordinal))
            axes = axes.Insert(axes.StartsWith('b') ? 1 : 0, "c");
        return output.Slices > 1 && !axes.Contains('z', StringComparison.Ordinal) ? axes.Insert(axes.StartsWith('b') ? 1 : 0, "z") : axes;
    }
}
