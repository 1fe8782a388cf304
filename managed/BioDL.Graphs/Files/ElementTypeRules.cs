namespace BioDL.Graphs.Files;

/// <summary>Which operators of ONNX give another element type than that of their first input.</summary>
internal static class ElementTypeRules
{
    private const int UInt8 = 2, Bool = 9;

    private static readonly HashSet<string> Truth = ["Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or", "Xor", "Not",
        "IsNaN", "IsInf", "RegexFullMatch"];

    private static readonly HashSet<string> Counts = ["Shape", "Size", "NonZero", "ArgMax", "ArgMin", "NonMaxSuppression"];

    /// <summary>Of sequences, texts and quantised numbers: whatever they give, it is not looked into here.</summary>
    private static readonly HashSet<string> Unknown = ["ConcatFromSequence", "SequenceAt", "SequenceConstruct", "SequenceEmpty",
        "SequenceErase", "SequenceInsert", "SequenceLength", "SequenceMap", "SplitToSequence", "Optional", "OptionalGetElement",
        "OptionalHasElement", "QLinearConv", "QLinearMatMul", "ImageDecoder", "StringConcat", "StringNormalizer", "StringSplit",
        "TfIdfVectorizer", "MelWeightMatrix", "HannWindow", "HammingWindow", "BlackmanWindow", "BitCast", "Multinomial", "Bernoulli",
        "EyeLike", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike"];

    /// <summary>ONNX's number of the element type of an output; 0 where it is not known.</summary>
    /// <param name="node">an operator of ONNX's own domain without graphs inside</param>
    /// <param name="output">which output</param>
    /// <param name="typeOf">of a tensor by its name</param>
    public static int Of(OnnxNode node, int output, Func<string, int> typeOf)
    {
        string name = node.Operator;
        if (Truth.Contains(name) || name == "Dropout" && output == 1)
            return Bool;
        if (Counts.Contains(name) || name is "MaxPool" or "TopK" or "Unique" && output > 0)
            return ElementTypes.Int64;
        if (Unknown.Contains(name))
            return 0;
        return name switch
        {
            "Cast" => (int)node.Integer("to", 0),
            "CastLike" or "Where" => typeOf(node.Input(1)),
            "OneHot" => typeOf(node.Input(2)),
            "ConstantOfShape" => node.Tensors.GetValueOrDefault("value")?.ElementType ?? ElementTypes.Float32,
            "ConvInteger" or "MatMulInteger" => ElementTypes.Int32,
            "DequantizeLinear" => typeOf(node.Input(1)),
            "QuantizeLinear" or "DynamicQuantizeLinear" => node.Input(2).Length > 0 ? typeOf(node.Input(2)) : output == 1
                ? ElementTypes.Float32 : UInt8,
            _ => typeOf(node.Input(0)),
        };
    }
}
