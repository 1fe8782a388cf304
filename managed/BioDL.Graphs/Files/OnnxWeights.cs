using System.Buffers.Binary;
using BioDL.Core;
using BioDL.Graphs.Wire;

namespace BioDL.Graphs.Files;

/// <summary>
/// Reads the values of a network's weights, which <see cref="OnnxReader"/> steps over: initializers of the outermost graph of float32 or
/// float16, as float32. Others are left out. The file is untrusted: a tensor has as many values as its sizes say, or is left out.
/// </summary>
public static class OnnxWeights
{
    private const int GraphField = 7, InitializerField = 5;

    /// <param name="file">the bytes of the file, weights inside it</param>
    /// <param name="name">for messages</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: no ONNX file, or a truncated one.</exception>
    public static Dictionary<string, float[]> Read(ReadOnlySpan<byte> file, string name)
    {
        var found = new Dictionary<string, float[]>(StringComparer.Ordinal);
        try
        {
            var model = new WireReader(file);
            while (model.Next())
            {
                if (model.Field == GraphField)
                    ReadGraph(model.Bytes(), found);
                else
                    model.Skip();
            }
        }
        catch (WireFormatException error)
        {
            throw new BioDLException(Status.ModelInvalid, $"{name} is not an ONNX file, or is truncated: {error.Message}.",
                "Download or export the file again.", error);
        }
        return found;
    }

    private static void ReadGraph(ReadOnlySpan<byte> message, Dictionary<string, float[]> found)
    {
        var graph = new WireReader(message);
        while (graph.Next())
        {
            if (graph.Field == InitializerField)
                ReadTensor(graph.Bytes(), found);
            else
                graph.Skip();
        }
    }

    /// <summary>TensorProto: dims = 1, data_type = 2, float_data = 4, name = 8, raw_data = 9.</summary>
    private static void ReadTensor(ReadOnlySpan<byte> message, Dictionary<string, float[]> found)
    {
        var (sizes, real, type, name) = (new List<long>(), new List<float>(), 0L, "");
        ReadOnlySpan<byte> raw = default;
        var tensor = new WireReader(message);
        while (tensor.Next())
        {
            switch (tensor.Field)
            {
                case 1:
                    tensor.Integers(sizes);
                    break;
                case 2:
                    type = tensor.Integer();
                    break;
                case 4:
                    tensor.Singles(real);
                    break;
                case 8:
                    name = tensor.Text();
                    break;
                case 9:
                    raw = tensor.Bytes();
                    break;
                default:
                    tensor.Skip();
                    break;
            }
        }
        float[]? values = raw.IsEmpty ? [.. real] : type switch
        {
            ElementTypes.Float32 => Singles(raw),
            ElementTypes.Float16 => Halves(raw),
            _ => null,
        };
        if (values is not null && values.Length == sizes.Aggregate(1.0, (product, size) => product * size))
            found[name] = values;
    }

    private static float[] Singles(ReadOnlySpan<byte> raw)
    {
        var values = new float[raw.Length / sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(raw[(i * sizeof(float))..]);
        return values;
    }

    private static float[] Halves(ReadOnlySpan<byte> raw)
    {
        var values = new float[raw.Length / 2];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(raw[(2 * i)..]);
        return values;
    }
}
