using BioDL.Core;
using BioDL.Graphs.Files;
using BioDL.Models.Cache;
using BioDL.Models.Files;

namespace BioDL.Models.Writing;

/// <summary>
/// Writes a package of bioimage.io's format 0.5 (github.com/bioimage-io/spec-bioimage-io) as a folder. What
/// <see cref="Model.Open"/> makes of it is what <see cref="ModelPackage.Model"/> said.
/// </summary>
public static class PackageWriter
{
    /// <summary>Names in every package.</summary>
    public const string Description = "bioimageio.yaml", Weights = "weights.onnx", ReadMe = "README.md";

    /// <summary>Write a package.</summary>
    /// <param name="package">what is in it</param>
    /// <param name="folder">where to; it must not be there yet, and appears when all is written</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: something is there already, or the weights are no ONNX file;
    /// <see cref="Status.Io"/></exception>
    public static void Write(ModelPackage package, string folder)
    {
        if (Path.Exists(folder))
            throw new BioDLException(Status.InvalidArgument, $"{folder} is there already.", "Name another folder, or remove it.");
        string beside = $"{Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(beside);
            WriteFiles(package, beside);
            Directory.Move(beside, folder);
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            throw Disk.Failed(folder, error);
        }
        finally
        {
            Disk.TryDelete(beside);
        }
    }

    /// <summary>What a test tensor is called in the package.</summary>
    /// <param name="kind">input or output</param>
    /// <param name="id">of the tensor</param>
    internal static string TestFile(string kind, string id) => id == kind ? $"test_{kind}.npy" : $"test_{kind}_{Slug.Of(id)}.npy";

    internal static long Opset(ModelPackage package) => OnnxReader.Read(package.Weights, Weights).Opset;

    private static void WriteFiles(ModelPackage package, string folder)
    {
        var hashes = new Dictionary<string, string>();
        foreach (PackagePart part in Parts(package))
        {
            File.WriteAllBytes(Path.Combine(folder, SafeNames.AreSafe(part.Name) && !hashes.ContainsKey(part.Name) ? part.Name
                : throw new BioDLException(Status.InvalidArgument, $"A package cannot have \"{part.Name}\", or not twice.",
                    "Give its files plain names of their own.")), part.Content);
            hashes.Add(part.Name, Disk.Hash(part.Content));
        }
        File.WriteAllText(Path.Combine(folder, Description), new DescriptionWriter(package, hashes).Text());
    }

    private static IEnumerable<PackagePart> Parts(ModelPackage package)
    {
        yield return new PackagePart(Weights, package.Weights);
        for (int i = 0; i < package.TestInputs.Count; i++)
            yield return new PackagePart(TestFile("input", package.Model.Inputs[i].Id), Bytes(package.TestInputs[i]));
        for (int i = 0; i < package.TestOutputs.Count; i++)
            yield return new PackagePart(TestFile("output", package.Model.Outputs[i].Id), Bytes(package.TestOutputs[i]));
        if (package.Documentation is { } text)
            yield return new PackagePart(ReadMe, System.Text.Encoding.UTF8.GetBytes(text));
        foreach (PackagePart part in package.Covers.Concat(package.Attachments))
            yield return part;
    }

    private static byte[] Bytes(NpyArray array)
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, array);
        return stream.ToArray();
    }
}
