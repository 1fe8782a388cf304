using BioDL.TensorFlow.Reading;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>Operations on each value by itself.</summary>
internal static class ActivationOperations
{
    /// <summary>Selu's constants (Klambauer et al. 2017), as both TensorFlow and ONNX have them.</summary>
    private const double SeluAlpha = 1.6732632423543772, SeluScale = 1.0507009873554805;

    /// <param name="Onnx">the operator for tensors; empty where there is none</param>
    /// <param name="Number">for constants</param>
    private sealed record Rule(string Onnx, Func<double, double> Number);

    private static readonly Dictionary<string, Rule> Rules = new(StringComparer.Ordinal)
    {
        ["Relu"] = new("Relu", x => Math.Max(x, 0)),
        ["Elu"] = new("Elu", x => x > 0 ? x : Math.Exp(x) - 1),
        ["Selu"] = new("Selu", x => SeluScale * (x > 0 ? x : SeluAlpha * (Math.Exp(x) - 1))),
        ["Tanh"] = new("Tanh", Math.Tanh),
        ["Sigmoid"] = new("Sigmoid", x => 1 / (1 + Math.Exp(-x))),
        ["Softplus"] = new("Softplus", x => x > 30 ? x : Math.Log(1 + Math.Exp(x))),
        ["Softsign"] = new("Softsign", x => x / (1 + Math.Abs(x))),
        ["Exp"] = new("Exp", Math.Exp),
        ["Log"] = new("Log", Math.Log),
        ["Abs"] = new("Abs", Math.Abs),
        ["Neg"] = new("Neg", x => -x),
        ["Sign"] = new("Sign", x => Math.Sign(x)),
        ["Floor"] = new("Floor", Math.Floor),
        ["Ceil"] = new("Ceil", Math.Ceiling),
        ["Round"] = new("Round", x => Math.Round(x, MidpointRounding.ToEven)),
        ["Sqrt"] = new("Sqrt", Math.Sqrt),
        ["Reciprocal"] = new("Reciprocal", x => 1 / x),
        ["Inv"] = new("Reciprocal", x => 1 / x),
        ["Erf"] = new("Erf", _ => double.NaN),
        ["Rsqrt"] = new("", x => 1 / Math.Sqrt(x)),
        ["Square"] = new("", x => x * x),
        ["Relu6"] = new("", x => Math.Clamp(x, 0, 6)),
        ["LeakyRelu"] = new("", x => x),
        ["LogicalNot"] = new("", x => x == 0 ? 1 : 0),
    };

    public static void Register(Dictionary<string, OperationTable.Handler> handlers)
    {
        foreach ((string name, Rule rule) in Rules)
            handlers[name] = operation => [Applied(operation, rule)];
        handlers["Softmax"] = operation => [Softmax(operation)];
        handlers["Cast"] = operation => [Cast(operation)];
        handlers["ClipByValue"] = operation =>
            [Clipped(operation, operation.Constant(1).Values.Items[0], operation.Constant(2).Values.Items[0])];
    }

    private static TfValue Applied(Operation operation, Rule rule)
    {
        TfValue input = operation.Input(0);
        if (input is SizeValue { IsNumbers: false } sizes)
        {
            return operation.Node.Operation switch
            {
                "Neg" => sizes with { Values = sizes.Values.Map(term => term.Times(-1)) },
                "Floor" => sizes with { Values = sizes.Values.Map(term => term.Floor()) },
                "Ceil" => sizes with { Values = sizes.Values.Map(term => term.Times(-1).Floor().Times(-1)) },
                _ => throw operation.Unsupported("it is applied to the size of the image"),
            };
        }
        if (input is SizeValue numbers)
            return numbers with { Values = numbers.Values.Map(term => SizeTerm.Number(rule.Number(term.Offset))) };
        if (input is ConstantValue constant && operation.Node.Operation is not ("LeakyRelu" or "Erf"))
            return new ConstantValue(constant.Values.Map(value => (float)rule.Number(value)));
        return OfFeature(operation, rule, operation.Feature(0));
    }

    private static FeatureValue OfFeature(Operation operation, Rule rule, FeatureValue value)
    {
        switch (operation.Node.Operation)
        {
            case "Neg":
                return Broadcast.Scaled(operation, value, [-1], [0]);
            case "Square":
                return operation.Emit("Mul", value, [value.Name, value.Name]);
            case "Rsqrt":
                return operation.Emit("Reciprocal", value, [operation.Builder.Add("Sqrt", operation.Name + "/root", [value.Name])]);
            case "Relu6":
                return Clipped(operation, 0, 6);
            case "LeakyRelu":
                return operation.Emit("LeakyRelu", value, [value.Name], ("alpha", operation.Node.Real("alpha", 0.2f)));
            default:
                return rule.Onnx.Length > 0 ? operation.Emit(rule.Onnx, value, [value.Name])
                    : throw operation.Unsupported("it is supported for constants only");
        }
    }

    private static FeatureValue Clipped(Operation operation, float low, float high)
    {
        FeatureValue value = operation.Feature(0);
        string from = operation.Builder.Floats(operation.Name + "/low", NdArray<float>.Scalar(low));
        string to = operation.Builder.Floats(operation.Name + "/high", NdArray<float>.Scalar(high));
        return operation.Emit("Clip", value, [value.Name, from, to]);
    }

    /// <summary>Along TensorFlow's last axis.</summary>
    private static FeatureValue Softmax(Operation operation)
    {
        FeatureValue value = operation.Feature(0);
        return operation.Emit("Softmax", value, [value.Name], ("axis", (long)value.Stored(value.Rank - 1)));
    }

    /// <summary>Networks run in float32 throughout, so that a cast between real types changes nothing.</summary>
    private static TfValue Cast(Operation operation)
    {
        bool real = TfTypes.IsReal(operation.Node.Type("DstT"));
        return operation.Input(0) switch
        {
            SizeValue { IsNumbers: true } sizes when real => new ConstantValue(sizes.Values.Map(term => (float)term.Offset)),
            SizeValue sizes => new SizeValue(real || sizes.Whole ? sizes.Values : sizes.Values.Map(term => term.Floor()), !real),
            ConstantValue constant when !real && constant.Values.Items.Length <= SizeValue.Most =>
                new SizeValue(constant.Values.Map(value => SizeTerm.Number(Math.Truncate(value))), Whole: true),
            ConstantValue constant when real => constant,
            FeatureValue feature when real => feature,
            _ => throw operation.Unsupported($"it turns values into {TfTypes.Name(operation.Node.Type("DstT"))}"),
        };
    }
}
