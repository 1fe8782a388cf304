namespace BioDL.Core.Runs;

/// <summary>
/// What a network's own tensor holds where that is less than float32, in which values come to its border: without this check a value
/// beyond an integer type would come out as another one (300 as 44 in uint8).
/// </summary>
/// <param name="Low">the smallest value, as float32</param>
/// <param name="High">the largest value that is a float32 too</param>
/// <param name="Whole">whole numbers only: others are cut towards zero, as NumPy's astype and ONNX's Cast do</param>
internal readonly record struct ElementRange(float Low, float High, bool Whole)
{
    /// <summary>Up to here float32 has every whole number.</summary>
    public const float LastWhole = 1 << 24;

    /// <summary>Null for a type that holds every float32, and for bool, where all but 0 is true.</summary>
    /// <param name="type">NumPy's name</param>
    public static ElementRange? Of(string type) => type switch
    {
        "uint8" => Integer(byte.MinValue, byte.MaxValue),
        "int8" => Integer(sbyte.MinValue, sbyte.MaxValue),
        "uint16" => Integer(ushort.MinValue, ushort.MaxValue),
        "int16" => Integer(short.MinValue, short.MaxValue),
        "uint32" => Integer(uint.MinValue, uint.MaxValue),
        "int32" => Integer(int.MinValue, int.MaxValue),
        "uint64" => Integer(ulong.MinValue, ulong.MaxValue),
        "int64" => Integer(long.MinValue, long.MaxValue),
        "float16" => new ElementRange((float)Half.MinValue, (float)Half.MaxValue, false),
        _ => null,
    };

    private static ElementRange Integer(Int128 low, Int128 high)
    {
        float highest = (float)high;
        return new((float)low, (Int128)highest > high ? MathF.BitDecrement(highest) : highest, true);
    }
}
