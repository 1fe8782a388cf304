using BioDL.Graphs.Wire;

namespace BioDL.TensorFlow.Variables;

/// <summary>
/// The objects of a TensorFlow 2 checkpoint (trackable_object_graph.proto): nodes = 1 {attributes = 2 {name = 1, full_name = 2,
/// checkpoint_key = 3}}.
/// </summary>
internal static class ObjectGraph
{
    /// <summary>Keys in the bundle by the full names of variables.</summary>
    public static Dictionary<string, string> Names(ReadOnlySpan<byte> message)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var graph = new WireReader(message);
            while (graph.Next())
            {
                if (graph.Field == 1)
                    ReadNode(graph.Bytes(), names);
                else
                    graph.Skip();
            }
        }
        catch (WireFormatException)
        {
            // The list is one of several ways to find a variable; a variable that none of them finds is an error of its own.
            return names;
        }
        return names;
    }

    private static void ReadNode(ReadOnlySpan<byte> message, Dictionary<string, string> names)
    {
        var node = new WireReader(message);
        while (node.Next())
        {
            if (node.Field == 2)
                ReadAttribute(node.Bytes(), names);
            else
                node.Skip();
        }
    }

    private static void ReadAttribute(ReadOnlySpan<byte> message, Dictionary<string, string> names)
    {
        var (full, key) = ("", "");
        var attribute = new WireReader(message);
        while (attribute.Next())
        {
            if (attribute.Field == 2)
                full = attribute.Text();
            else if (attribute.Field == 3)
                key = attribute.Text();
            else
                attribute.Skip();
        }
        if (full.Length > 0 && key.Length > 0)
            names[full] = key;
    }
}
