namespace BioDL.TensorFlow.Reading;

/// <summary>TensorFlow's element types (types.proto), those that a network for inference may hold.</summary>
internal static class TfTypes
{
    public const int Float = 1, Double = 2, Int32 = 3, UInt8 = 4, Int16 = 5, Int8 = 6, String = 7, Int64 = 9, Bool = 10, BFloat16 = 14,
    UInt16 = 17, Half = 19,
        Resource = 20, UInt32 = 22, UInt64 = 23;

    /// <summary>Variables of TensorFlow 1 have reference types, whose numbers are 100 higher.</summary>
    public static int Plain(long type) => (int)(type > 100 ? type - 100 : type);

    /// <summary>Bytes of one value; 0 for types without a fixed size.</summary>
    public static int Size(int type) => type switch
    {
        Float or Int32 or UInt32 => 4,
        Double or Int64 or UInt64 => 8,
        Half or BFloat16 or Int16 or UInt16 => 2,
        UInt8 or Int8 or Bool => 1,
        _ => 0,
    };

    public static bool IsReal(int type) => type is Float or Double or Half or BFloat16;

    public static string Name(int type) => type switch
    {
        Float => "float32",
        Double => "float64",
        Half => "float16",
        BFloat16 => "bfloat16",
        Int32 => "int32",
        Int64 => "int64",
        UInt8 => "uint8",
        Int8 => "int8",
        UInt16 => "uint16",
        Int16 => "int16",
        UInt32 => "uint32",
        UInt64 => "uint64",
        Bool => "bool",
        String => "string",
        Resource => "resource",
        _ => $"element type {type}",
    };
}
