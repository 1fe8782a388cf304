using BioDL.Graphs.Wire;

namespace BioDL.Graphs.Files;

/// <summary>NodeProto and AttributeProto.</summary>
public static partial class OnnxReader
{
    private static OnnxNode ReadNode(ReadOnlySpan<byte> message, Findings found, int depth)
    {
        int number = found.CountNode();
        var (inputs, outputs, inner) = (new List<string>(), new List<string>(), new Inner([], []));
        var attributes = new OnnxNode("", [], []);
        string type = "", domain = "";
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    inputs.Add(reader.Text());
                    break;
                case 2:
                    outputs.Add(reader.Text());
                    break;
                case 4:
                    type = reader.Text();
                    break;
                case 5:
                    ReadAttribute(reader.Bytes(), attributes, found, depth, inner);
                    break;
                case 7:
                    domain = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        if (!IsOnnx(domain))
            found.Foreign.Add((domain, type));
        return attributes with
        {
            Operator = type,
            Inputs = [.. inputs],
            Outputs = [.. outputs],
            Domain = IsOnnx(domain) ? "" : domain,
            Number = number,
            Captures = [.. inner.Captures],
            Graphs = inner.Graphs,
        };
    }

    /// <summary>The graphs inside a node, and what they take from outside.</summary>
    private readonly record struct Inner(List<OnnxInnerGraph> Graphs, HashSet<string> Captures);

    /// <summary>
    /// name = 1, f = 2, i = 3, s = 4, t = 5, g = 6, floats = 7, ints = 8, tensors = 10, graphs = 11, sparse tensors = 22 and 23.
    /// </summary>
    private static void ReadAttribute(ReadOnlySpan<byte> message, OnnxNode node, Findings found, int depth, Inner inner)
    {
        string name = "";
        string? text = null;
        OnnxConstant? constant = null;
        var (whole, real) = (new List<long>(), new List<float>());
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 2:
                    real.Add(reader.Single());
                    break;
                case 3:
                    whole.Add(reader.Integer());
                    break;
                case 4:
                    text = reader.Text();
                    break;
                case 5 or 10:
                    constant = ReadTensor(reader.Bytes(), out _, found);
                    break;
                case 6 or 11:
                    inner.Graphs.Add(ReadInnerGraph(reader.Bytes(), found, depth + 1, inner.Captures));
                    break;
                case 7:
                    reader.Singles(real);
                    break;
                case 8:
                    reader.Integers(whole);
                    break;
                case 22 or 23:
                    ReadSparseTensor(reader.Bytes(), found);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        if (whole.Count > 0)
            node.Integers[name] = [.. whole];
        if (real.Count > 0)
            node.Floats[name] = [.. real];
        if (text is not null)
            node.Texts[name] = text;
        if (constant is not null)
            node.Tensors[name] = constant;
    }

    /// <summary>A Constant node's value, whichever of its attributes holds it.</summary>
    internal static OnnxConstant ConstantOf(OnnxNode node)
    {
        if (node.Tensors.TryGetValue("value", out OnnxConstant? tensor))
            return tensor;
        if (node.Integers.TryGetValue("value_int", out long[]? single))
            return new OnnxConstant([], [single[0]], true) { ElementType = ElementTypes.Int64 };
        if (node.Floats.TryGetValue("value_float", out float[]? real))
            return new OnnxConstant([], [real[0]]) { ElementType = ElementTypes.Float32 };
        if (node.Integers.TryGetValue("value_ints", out long[]? many) && many.Length <= SmallConstant)
            return new OnnxConstant([many.Length], [.. many.Select(value => (double)value)], true) { ElementType = ElementTypes.Int64 };
        if (node.Floats.TryGetValue("value_floats", out float[]? reals) && reals.Length <= SmallConstant)
            return new OnnxConstant([reals.Length], [.. reals.Select(value => (double)value)]) { ElementType = ElementTypes.Float32 };
        return new OnnxConstant([], null);
    }
}
