namespace BioDL.Graphs.Walking;

/// <summary>What kinds of operators there are. Names of ONNX's operator sets 1 to 23 and of ONNX Runtime's own domain.</summary>
internal static class Operators
{
    /// <summary>Each value of the output depends on the values at its place alone.</summary>
    public static readonly HashSet<string> Elementwise =
    [
        "Abs", "Acos", "Acosh", "Add", "And", "Asin", "Asinh", "Atan", "Atanh", "BatchNormalization", "BiasGelu", "BitwiseAnd",
        "BitwiseNot", "BitwiseOr",
        "BitwiseXor", "BitShift", "Cast", "CastLike", "Ceil", "Celu", "Clip", "Cos", "Cosh", "DequantizeLinear", "Div", "Dropout",
        "Elu", "Equal", "Erf",
        "Exp", "FastGelu", "Floor", "Gelu", "Greater", "GreaterOrEqual", "HardSigmoid", "HardSwish", "Identity", "IsInf", "IsNaN",
        "LeakyRelu", "Less",
        "LessOrEqual", "Log", "Max", "Mean", "Min", "Mish", "Mod", "Mul", "Neg", "Not", "Or", "PRelu", "Pow", "QuantizeLinear", "QuickGelu",
        "Reciprocal", "Relu", "Round", "Selu", "Shrink", "Sigmoid", "Sign", "Sin", "Sinh", "Softplus", "Softsign", "Sqrt", "Sub", "Sum",
        "Swish", "Tan", "Tanh",
        "ThresholdedRelu", "Where", "Xor",
    ];

    /// <summary>These work in place or are merged into their neighbour, so they take no tensor of their own.</summary>
    public static readonly HashSet<string> InPlace =
    [
        "Relu", "LeakyRelu", "PRelu", "Elu", "Selu", "Clip", "Sigmoid", "Tanh", "Exp", "Softplus", "BatchNormalization",
        "Identity", "Dropout", "Cast",
        "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Neg", "Abs", "Sqrt", "HardSigmoid", "Erf",
    ];

    /// <summary>Statistics over the whole tile, whatever their attributes say.</summary>
    public static readonly HashSet<string> Global =
    [
        "InstanceNormalization", "GroupNormalization", "GroupNorm", "SkipGroupNorm", "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool",
    ];

    /// <summary>Sums, means and the like along the axes that they name.</summary>
    public static readonly HashSet<string> Reductions =
    [
        "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd",
        "ReduceSum", "ReduceSumSquare",
        "ArgMax", "ArgMin",
    ];

    /// <summary>Each value depends on all values along one axis, or from one axis on.</summary>
    public static readonly HashSet<string> AlongAxis =
    [
        "Softmax", "LogSoftmax", "Hardmax", "LayerNormalization", "RMSNormalization", "LpNormalization", "CumSum",
        "MeanVarianceNormalization",
        "SimplifiedLayerNormalization", "SkipLayerNormalization",
    ];
}
