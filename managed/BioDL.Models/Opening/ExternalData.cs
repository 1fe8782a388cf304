using BioDL.Core;
using BioDL.Graphs;
using BioDL.Graphs.Editing;
using BioDL.Models.Files;

namespace BioDL.Models.Opening;

/// <summary>Weights beside the .onnx file. The file is untrusted, so what it names must be plain files below its own folder.</summary>
/// <param name="files">of the package</param>
/// <param name="onnx">the network's name among them</param>
internal sealed class ExternalData(IModelFiles files, string onnx)
{
    private const long Limit = int.MaxValue - 64;

    private string Beside => onnx[..(onnx.LastIndexOf('/') + 1)];

    /// <summary>The folder of the weights; null where there is none on disk.</summary>
    public string? Folder => files.Folder is { } folder ? Path.Combine(folder, Beside) : null;

    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: a file is missing.</exception>
    public void Check(OnnxGraph graph)
    {
        foreach (string name in graph.ExternalFiles)
        {
            if (!files.Exists(Beside + name))
            {
                throw new BioDLException(Status.ModelInvalid,
                    $"The network of {files.Source} keeps weights in \"{name}\", which is no file of its folder.",
                    "Download the model again, with all its files, or export the network as one file.");
            }
        }
    }

    /// <summary>The network with its weights, where they are not on disk; else as it is.</summary>
    public byte[] Joined(byte[] network) => Folder is not null ? network
        : new ExternalTensors(name => files.Read(Beside + name, Limit), $"{onnx} of {files.Source}").Inlined(network);
}
