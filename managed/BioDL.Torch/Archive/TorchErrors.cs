using BioDL.Core;

namespace BioDL.Torch.Archive;

/// <summary>Words errors about one TorchScript file.</summary>
/// <param name="source">the file, for messages</param>
internal sealed class TorchErrors(string source)
{
    public BioDLException Invalid(string what) =>
        new(Status.ModelInvalid, $"The TorchScript network {source} {what}.",
            "Download the model again, or export it anew with torch.jit.save.");

    public BioDLException Unsupported(string what, string hint = "Export the network to ONNX, or ask its authors for an ONNX version.") =>
        new(Status.ModelUnsupported, $"The TorchScript network {source} {what}.", hint);

    public BioDLException NotTorchScript() => new(Status.ModelUnsupported,
        $"{source} is a file of torch.save, that is Python objects in a pickle, and not TorchScript. It could run any program when it is "
            + "opened, so it is not.",
        "Export the network in Python with torch.jit.trace(...).save(...) or torch.onnx.export(...).");
}
