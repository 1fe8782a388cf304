using BioDL.Core;
using BioDL.Graphs;
using BioDL.Models.Files;

namespace BioDL.Models.Opening;

/// <summary>Weights beside the .onnx file. The file is untrusted, so what it names must be plain files of its own folder.</summary>
internal static class ExternalData
{
    /// <returns>the folder of the weights; null when all are in the .onnx file</returns>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>; <see cref="Status.ModelUnsupported"/>: they are in a zip
    /// file.</exception>
    public static string? Check(OnnxGraph graph, IModelFiles files)
    {
        foreach (string name in graph.ExternalFiles)
        {
            if (!files.Exists(name))
            {
                throw new BioDLException(Status.ModelInvalid,
                    $"The network of {files.Source} keeps weights in \"{name}\", which is no file of its folder.",
                    "Download the model again, with all its files, or export the network as one file.");
            }
        }
        if (graph.ExternalFiles.Count > 0 && files.Folder is null)
        {
            throw new BioDLException(Status.ModelUnsupported,
                $"The network of {files.Source} keeps weights in \"{graph.ExternalFiles.First()}\" beside it, which is not read from "
                + "a zip file.",
                "Unpack the zip file and open the folder.");
        }
        return graph.ExternalFiles.Count > 0 ? files.Folder : null;
    }
}
