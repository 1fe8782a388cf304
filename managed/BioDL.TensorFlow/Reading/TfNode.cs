using BioDL.Graphs.Wire;

namespace BioDL.TensorFlow.Reading;

/// <summary>One output of an operation.</summary>
internal readonly record struct TfPort(string Node, int Index)
{
    /// <summary>"node" or "node:1"; null for a control input "^node", which carries no value.</summary>
    public static TfPort? Parse(string text)
    {
        if (text.StartsWith('^'))
            return null;
        int colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), out int index) && index >= 0 ? new TfPort(text[..colon], index)
            : new TfPort(text, 0);
    }

    public override string ToString() => Index == 0 ? Node : $"{Node}:{Index}";
}

/// <summary>One operation. Attributes stay as they are in the file until they are asked for (attr_value.proto).</summary>
/// <param name="Name">unique in its graph</param>
/// <param name="Operation">such as "Conv2D"</param>
/// <param name="Inputs">as the file writes them; without control inputs</param>
/// <param name="Attributes">AttrValue messages by name</param>
internal sealed record TfNode(string Name, string Operation, string[] Inputs, Dictionary<string, ReadOnlyMemory<byte>> Attributes)
{
    private const int ListField = 1, TextField = 2, IntegerField = 3, FloatField = 4, BoolField = 5, TypeField = 6,
    ShapeField = 7, TensorField = 8,
        FunctionField = 10;

    public string Text(string name, string otherwise = "")
    {
        WireReader value = Find(name, TextField, out bool found);
        return found ? value.Text() : otherwise;
    }

    public long Integer(string name, long otherwise = 0)
    {
        WireReader value = Find(name, IntegerField, out bool found);
        return found ? value.Integer() : otherwise;
    }

    public float Real(string name, float otherwise)
    {
        WireReader value = Find(name, FloatField, out bool found);
        return found ? value.Single() : otherwise;
    }

    public bool Flag(string name, bool otherwise = false)
    {
        WireReader value = Find(name, BoolField, out bool found);
        return found ? value.Integer() != 0 : otherwise;
    }

    /// <summary>An element type; 0 where there is none.</summary>
    public int Type(string name)
    {
        WireReader value = Find(name, TypeField, out bool found);
        return found ? TfTypes.Plain(value.Integer()) : 0;
    }

    /// <summary>A list of integers; empty where there is none.</summary>
    public long[] Integers(string name)
    {
        var values = new List<long>();
        WireReader attribute = Find(name, ListField, out bool found);
        if (!found)
            return [];
        var list = new WireReader(attribute.Bytes());
        while (list.Next())
        {
            if (list.Field == IntegerField)
                list.Integers(values);
            else
                list.Skip();
        }
        return [.. values];
    }

    /// <summary>A shape; null where the rank is not known.</summary>
    public long?[]? Shape(string name)
    {
        WireReader value = Find(name, ShapeField, out bool found);
        return found ? TfTensorReader.Shape(value.Bytes()) : null;
    }

    /// <summary>The shape of the first output, where a converter has left a note of it; null where the rank is not known.</summary>
    public long?[]? NotedShape()
    {
        WireReader attribute = Find("_output_shapes", ListField, out bool found);
        if (!found)
            return null;
        var list = new WireReader(attribute.Bytes());
        while (list.Next())
        {
            if (list.Field == ShapeField)
                return TfTensorReader.Shape(list.Bytes());
            list.Skip();
        }
        return null;
    }

    /// <summary>A TensorProto; empty where there is none.</summary>
    public ReadOnlySpan<byte> Tensor(string name)
    {
        WireReader value = Find(name, TensorField, out bool found);
        return found ? value.Bytes() : default;
    }

    /// <summary>The name of a function; null where there is none.</summary>
    public string? Function(string name)
    {
        WireReader value = Find(name, FunctionField, out bool found);
        if (!found)
            return null;
        var function = new WireReader(value.Bytes());
        while (function.Next())
        {
            if (function.Field == 1)
                return function.Text();
            function.Skip();
        }
        return null;
    }

    private WireReader Find(string name, int field, out bool found)
    {
        var value = new WireReader(Attributes.TryGetValue(name, out ReadOnlyMemory<byte> bytes) ? bytes.Span : default);
        while (value.Next())
        {
            if (value.Field == field)
            {
                found = true;
                return value;
            }
            value.Skip();
        }
        found = false;
        return value;
    }
}
