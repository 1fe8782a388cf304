using BioDL.Graphs.Wire;

namespace BioDL.TensorFlow.Reading;

/// <summary>
/// SignatureDef in a map of them: {key = 1, value = 2 {inputs = 1, outputs = 2}}; TensorInfo: name = 1, dtype = 2, tensor_shape = 3.
/// </summary>
internal static class SignatureReader
{
    public static TfSignature Read(ReadOnlySpan<byte> message)
    {
        var signature = new TfSignature("", [], []);
        var entry = new WireReader(message);
        while (entry.Next())
        {
            if (entry.Field == 1)
                signature = signature with { Name = entry.Text() };
            else if (entry.Field == 2)
                ReadTensors(entry.Bytes(), signature);
            else
                entry.Skip();
        }
        return signature;
    }

    private static void ReadTensors(ReadOnlySpan<byte> message, TfSignature signature)
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field is not (1 or 2))
            {
                reader.Skip();
                continue;
            }
            List<TfSignatureTensor> tensors = reader.Field == 1 ? signature.Inputs : signature.Outputs;
            if (ReadTensor(reader.Bytes()) is { } tensor)
                tensors.Add(tensor);
        }
    }

    private static TfSignatureTensor? ReadTensor(ReadOnlySpan<byte> message)
    {
        var (key, name) = ("", "");
        long?[]? shape = null;
        var entry = new WireReader(message);
        while (entry.Next())
        {
            if (entry.Field == 1)
                key = entry.Text();
            else if (entry.Field == 2)
                (name, shape) = ReadInfo(entry.Bytes());
            else
                entry.Skip();
        }
        return TfPort.Parse(name) is { Node.Length: > 0 } port ? new TfSignatureTensor(key, port, shape) : null;
    }

    private static (string Name, long?[]? Shape) ReadInfo(ReadOnlySpan<byte> message)
    {
        string name = "";
        long?[]? shape = null;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                name = reader.Text();
            else if (reader.Field == 3)
                shape = TfTensorReader.Shape(reader.Bytes());
            else
                reader.Skip();
        }
        return (name, shape);
    }
}
