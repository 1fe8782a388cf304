namespace BioDL.Graphs;

/// <summary>ONNX's numbers of element types (TensorProto.DataType).</summary>
internal static class ElementTypes
{
    public const int Float32 = 1, Int32 = 6, Int64 = 7, Float16 = 10, Float64 = 11, BFloat16 = 16;

    private static readonly string[] Names =
    [
        "no tensor", "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16",
        "float64", "uint32", "uint64",
        "complex64", "complex128", "bfloat16", "float8e4m3fn", "float8e4m3fnuz", "float8e5m2", "float8e5m2fnuz", "uint4", "int4",
    ];

    private static readonly int[] Sizes = [0, 4, 1, 1, 2, 2, 4, 8, 0, 1, 2, 8, 4, 8, 8, 16, 2];

    /// <summary>NumPy's name.</summary>
    public static string Name(int type) => type >= 0 && type < Names.Length ? Names[type] : $"element type {type}";

    /// <summary>Bytes of a value; 0 where values have no fixed size of whole bytes.</summary>
    public static int Size(int type) => type >= 0 && type < Sizes.Length ? Sizes[type] : 0;

    /// <summary>ONNX Runtime's Cast takes it from and to float32.</summary>
    public static bool IsNumber(int type) => Size(type) > 0 && type is not (14 or 15);
}
