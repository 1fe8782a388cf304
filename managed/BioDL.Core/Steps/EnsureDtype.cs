using System.Text.Json;

namespace BioDL.Core.Steps;

/// <summary>Cut towards zero and clip to a whole type, or nothing for "float32" and "float64".</summary>
/// <param name="DataType">NumPy's name: float32, float64, uint8, int8, uint16, int16, uint32, int32, uint64, int64, bool</param>
public sealed record EnsureDtype(string DataType) : PixelOperation
{
    internal const string Name = "ensure_dtype";

    private const string Truth = "bool";
    private static readonly string[] FloatTypes = ["float32", "float64"];

    /// <summary>The bounds of NumPy's whole types, as float32 has them.</summary>
    private static readonly Dictionary<string, (float Low, float High)> WholeTypes = new()
    {
        ["uint8"] = (0, byte.MaxValue), ["int8"] = (sbyte.MinValue, sbyte.MaxValue), ["uint16"] = (0, ushort.MaxValue),
        ["int16"] = (short.MinValue, short.MaxValue),
        ["uint32"] = (0, uint.MaxValue), ["int32"] = (int.MinValue, int.MaxValue), ["uint64"] = (0, ulong.MaxValue),
        ["int64"] = (long.MinValue, long.MaxValue),
    };

    public override string Id => Name;

    internal override bool IsNothing => FloatTypes.Contains(DataType);

    internal override bool IsInvertible => DataType != Truth;

    private protected override string Parameters => DataType;

    internal static EnsureDtype Read(IOperationOptions options)
    {
        string type = options.Text("dtype") ?? throw options.Missing("dtype");
        return type == Truth || FloatTypes.Contains(type) || WholeTypes.ContainsKey(type) ? new EnsureDtype(type)
            : throw options.Unsupported($"asks for the type {type}, which is not known here");
    }

    internal override Step[] Compile(int channels, IStatisticSource statistics) =>
        IsNothing ? []
        : DataType == Truth ? [new FunctionStep<NotZero>()]
        : WholeTypes.TryGetValue(DataType, out var bounds) ? [new WholeStep(bounds.Low, bounds.High)]
        : throw new BioDLException(Status.ModelUnsupported, $"the type {DataType} is not known",
            "Use a newer version of this program, or another model.");

    public override void Say(IOperationWriter writer) => writer.Text("dtype", DataType);

    internal override void Write(Utf8JsonWriter json) => json.WriteString("dtype", DataType);
}
