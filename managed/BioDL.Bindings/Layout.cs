namespace BioDL.Bindings;

/// <summary>
/// Where a C compiler of a 64-bit platform puts fields. No padding may be implicit, so that a later field never slips into an older struct.
/// </summary>
internal static class Layout
{
    public static IEnumerable<(Field Field, int Offset)> Of(Description abi, StructType type)
    {
        int offset = 0;
        foreach (Field field in type.Fields)
        {
            yield return (field, offset);
            offset += Size(abi, field) * Math.Max(1, field.Length);
        }
    }

    /// <exception cref="InvalidDataException">A size is not the pinned one, or a field is not where its alignment wants it.</exception>
    public static void Check(Description abi, string name, StructType type)
    {
        int end = 0, abiVersion = 0;
        foreach (StructVersion version in type.Versions)
        {
            if (version.Abi <= abiVersion || version.Abi > abi.Abi)
                throw new InvalidDataException($"{name}: version {version.Abi} is not between {abiVersion} and the ABI's {abi.Abi}");
            abiVersion = version.Abi;
            foreach (Field field in version.Fields.Select(Field.Parse))
            {
                int size = Size(abi, field);
                if (end % size != 0)
                    throw new InvalidDataException($"{name}.{field.Name} is at {end}, not a multiple of {size}: insert a reserved field");
                end += size * Math.Max(1, field.Length);
            }

            if (end != version.Size || end % 8 != 0)
                throw new InvalidDataException($"{name} of ABI {version.Abi} has {end} bytes; pinned are {version.Size}, a multiple of 8");
        }
    }

    private static int Size(Description abi, Field field) => field.CType(abi) switch
    {
        "char" => 1,
        "int32_t" or "uint32_t" or "float" => 4,
        "int64_t" or "double" => 8,
        string type when type.EndsWith('*') || abi.Callbacks.ContainsKey(type) => 8,
        string type => throw new InvalidDataException($"'{type}' is not a type of the ABI"),
    };
}
