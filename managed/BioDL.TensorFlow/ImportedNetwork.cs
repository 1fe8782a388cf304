namespace BioDL.TensorFlow;

/// <summary>A tensor of an imported network that a caller gives or gets.</summary>
/// <param name="Name">its name in the ONNX file</param>
/// <param name="TensorFlowName">the operation that makes it in TensorFlow's graph</param>
/// <param name="Axes">of the ONNX tensor: "bcyx" or "bczyx"</param>
/// <param name="Channels">0 where unknown</param>
public sealed record ImportedTensor(string Name, string TensorFlowName, string Axes, int Channels)
{
    /// <summary>NumPy's name of the type that it has in TensorFlow; the ONNX tensor is float32.</summary>
    public string ElementType { get; init; } = "float32";

    /// <summary>
    /// Sizes along <see cref="Axes"/> where the graph works with one size of the image alone, as numbers inside of it say; null where
    /// the size is free, whatever its placeholder claims.
    /// </summary>
    public IReadOnlyList<int>? OnlySizes { get; init; }
}

/// <summary>A TensorFlow network as an ONNX network.</summary>
/// <param name="Onnx">the bytes of an .onnx file</param>
/// <param name="Inputs">in the order of the signature</param>
/// <param name="Outputs">in the order in which they were asked for</param>
/// <param name="Sha256">over the graph file and the variables as they are in the package, in lower-case hexadecimal digits</param>
/// <param name="Variables">how many variables of the package are part of the network; 0 for a frozen graph</param>
public sealed record ImportedNetwork(byte[] Onnx, IReadOnlyList<ImportedTensor> Inputs, IReadOnlyList<ImportedTensor> Outputs,
    string Sha256, int Variables);
