using System.Text;
using BioDL.TensorFlow;

namespace BioDL.Models.Opening;

/// <summary>An imported network as the cache keeps it: its tensors, then the .onnx file.</summary>
internal sealed record KeptNetwork(byte[] Onnx, IReadOnlyList<ImportedTensor> Inputs, IReadOnlyList<ImportedTensor> Outputs)
{
    private const int MostTensors = 1024;
    private static ReadOnlySpan<byte> Magic => "BioDL imported 3"u8;

    public static KeptNetwork Of(ImportedNetwork network) => new(network.Onnx, network.Inputs, network.Outputs);

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream(Onnx.Length + 1024);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        foreach (IReadOnlyList<ImportedTensor> tensors in (IReadOnlyList<ImportedTensor>[])[Inputs, Outputs])
        {
            writer.Write(tensors.Count);
            foreach (ImportedTensor tensor in tensors)
            {
                writer.Write(tensor.Name);
                writer.Write(tensor.TensorFlowName);
                writer.Write(tensor.Axes);
                writer.Write(tensor.Channels);
                writer.Write(tensor.ElementType);
                writer.Write(tensor.OnlySizes?.Count ?? 0);
                foreach (int size in tensor.OnlySizes ?? [])
                    writer.Write(size);
            }
        }
        writer.Write(Onnx);
        return stream.ToArray();
    }

    /// <summary>Null when the bytes are something else, such as what another version kept.</summary>
    public static KeptNetwork? Read(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith(Magic))
            return null;
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            using var reader = new BinaryReader(stream, Encoding.UTF8);
            stream.Position = Magic.Length;
            ImportedTensor[]? inputs = Tensors(reader), outputs = Tensors(reader);
            return inputs is null || outputs is null ? null : new KeptNetwork(bytes[(int)stream.Position..], inputs, outputs);
        }
        catch (Exception error) when (error is IOException or FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static ImportedTensor[]? Tensors(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        return count is < 0 or > MostTensors ? null
            : [.. Enumerable.Range(0, count).Select(_ => new ImportedTensor(reader.ReadString(), reader.ReadString(), reader.ReadString(),
                reader.ReadInt32()) { ElementType = reader.ReadString(), OnlySizes = Sizes(reader) })];
    }

    private static int[]? Sizes(BinaryReader reader) => reader.ReadInt32() switch
    {
        0 => null,
        < 0 or > MostTensors => throw new FormatException("a tensor of as many axes"),
        int count => [.. Enumerable.Range(0, count).Select(_ => reader.ReadInt32())],
    };
}
