using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using BioDL.Core;
using BioDL.Core.Training;
using BioDL.Graphs.UNets;
using BioDL.Graphs.UNets.Reading;

namespace BioDL.Training.Loop;

/// <summary>The files of a training. All but the curve are written beside and renamed.</summary>
/// <param name="path">the folder, with <see cref="TrainingJob.FileName"/> in it</param>
internal sealed class TrainingFolder(string path)
{
    public string Path => path;

    /// <summary>All that a training needs to go on.</summary>
    public string Checkpoint => System.IO.Path.Combine(path, TrainingFiles.Checkpoint);

    /// <summary>Weights of the best validation.</summary>
    public string Best => System.IO.Path.Combine(path, TrainingFiles.Best);

    private string Curve => System.IO.Path.Combine(path, TrainingFiles.Curve);

    /// <exception cref="InvalidDataException">There is none, or it is none.</exception>
    public TrainingJob ReadJob()
    {
        string file = System.IO.Path.Combine(path, TrainingJob.FileName);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), TrainingJobJson.Default.TrainingJob)!;
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"{file} does not describe a training: {error.Message}", error);
        }
    }

    /// <summary>Weights that the training begins with.</summary>
    /// <exception cref="BioDLException">The start is a network of another kind.</exception>
    public UNetStart Start(TrainingJob job)
    {
        if (job.StartWeights is null)
            return UNetStart.Random(job.Network, job.Seed);
        byte[] start = File.ReadAllBytes(System.IO.Path.Combine(path, job.StartWeights));
        return UNetTransfer.Take(job.Network, UNetReader.Read(start, job.StartWeights), job.Seed);
    }

    /// <summary>Cut the curve to what belongs to a checkpoint.</summary>
    public void CutCurve(long bytes)
    {
        using var file = new FileStream(Curve, FileMode.OpenOrCreate, FileAccess.Write);
        if (file.Length > bytes)
            file.SetLength(bytes);
    }

    /// <returns>the bytes of the curve with it</returns>
    public long AddToCurve(TrainingProgress line)
    {
        using var file = new FileStream(Curve, FileMode.Append, FileAccess.Write);
        file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, TrainingProgressJson.Default.TrainingProgress) + "\n"));
        return file.Position;
    }

    /// <summary>The network as the file that runs.</summary>
    public void WriteWeights(UNet network, IReadOnlyDictionary<string, float[]> weights) =>
        Write(TrainingFiles.Weights, UNetOnnx.Write(network, weights));

    /// <param name="header">what the planes are</param>
    /// <param name="planes">one after the other, in the header's order</param>
    public void WritePicture(TrainingPictureHeader header, IEnumerable<float[]> planes)
    {
        using var bytes = new MemoryStream();
        foreach (float[] plane in planes)
            bytes.Write(MemoryMarshal.AsBytes(plane.AsSpan()));
        // All pictures of a training have one size, so a reader between the two renames sees a whole picture too.
        Write(TrainingFiles.Picture, bytes.ToArray());
        Write(TrainingFiles.PictureHeader, JsonSerializer.SerializeToUtf8Bytes(header, TrainingProgressJson.Default.TrainingPictureHeader));
    }

    private void Write(string name, byte[] bytes)
    {
        string file = System.IO.Path.Combine(path, name), beside = file + ".part";
        File.WriteAllBytes(beside, bytes);
        File.Move(beside, file, overwrite: true);
    }
}
