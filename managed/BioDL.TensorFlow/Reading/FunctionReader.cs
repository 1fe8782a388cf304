using BioDL.Graphs.Wire;

namespace BioDL.TensorFlow.Reading;

/// <summary>FunctionDef: signature = 1 {name = 1, input_arg = 2, output_arg = 3}, node_def = 3, ret = 4.</summary>
internal static class FunctionReader
{
    public static TfFunction Read(ReadOnlyMemory<byte> message)
    {
        string name = "";
        var (arguments, results) = (new List<string>(), new List<string>());
        var (nodes, returns) = (new List<TfNode>(), new Dictionary<string, string>());
        var reader = new WireReader(message.Span);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = ReadSignature(reader.Bytes(), arguments, results);
                    break;
                case 3 when nodes.Count < TfGraph.MaximumNodes:
                    nodes.Add(GraphReader.ReadNode(GraphReader.Slice(message, ref reader)));
                    break;
                case 4:
                    (string result, string source) = Pair(reader.Bytes());
                    returns[result] = source;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return new TfFunction(name, [.. arguments], [.. results], nodes, returns);
    }

    private static string ReadSignature(ReadOnlySpan<byte> message, List<string> arguments, List<string> results)
    {
        string name = "";
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                name = reader.Text();
            else if (reader.Field == 2)
                arguments.Add(FirstText(reader.Bytes()));
            else if (reader.Field == 3)
                results.Add(FirstText(reader.Bytes()));
            else
                reader.Skip();
        }
        return name;
    }

    private static string FirstText(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                return reader.Text();
            reader.Skip();
        }
        return "";
    }

    private static (string Key, string Value) Pair(ReadOnlySpan<byte> message)
    {
        var (key, value) = ("", "");
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                key = reader.Text();
            else if (reader.Field == 2)
                value = reader.Text();
            else
                reader.Skip();
        }
        return (key, value);
    }
}
