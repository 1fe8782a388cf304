using System.Text.Json;
using System.Text.Json.Serialization;

namespace BioDL.Bindings;

/// <summary>native/abi/biodl.json: every enum, struct and function of the C ABI, in the order of the headers.</summary>
internal sealed class Description
{
    public required int Abi { get; init; }

    public required Dictionary<string, EnumType> Enums { get; init; }

    public required Dictionary<string, StructType> Structs { get; init; }

    public required Dictionary<string, Function> Callbacks { get; init; }

    public required Dictionary<string, Function> Functions { get; init; }

    /// <summary>The structs of the C ABI, without those that only the Java side sees.</summary>
    public IEnumerable<KeyValuePair<string, StructType>> PublicStructs => Structs.Where(entry => !entry.Value.JniOnly);

    /// <exception cref="InvalidDataException">The description contradicts itself.</exception>
    public static Description Read(string root)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
        string text = File.ReadAllText(Path.Combine(root, "native", "abi", "biodl.json"));
        var description = JsonSerializer.Deserialize<Description>(text, options) ?? throw new InvalidDataException("biodl.json is empty");
        foreach ((string name, StructType type) in description.Structs)
            Layout.Check(description, name, type);
        return description;
    }
}

/// <summary>Named numbers; a value's C name is the enum's name, an underscore and the key.</summary>
internal sealed class EnumType
{
    public required Dictionary<string, int> Values { get; init; }

    /// <summary>A Java enum whose numbers these are.</summary>
    public JavaEnum? Java { get; init; }

    /// <summary>A Java class that has some of them as constants.</summary>
    public string? JavaConstants { get; init; }
}

/// <summary>A Java enum whose values have the same names.</summary>
internal sealed class JavaEnum
{
    public required string Class { get; init; }

    /// <summary>The value that a number of a newer library counts as; without it null.</summary>
    public string? Otherwise { get; init; }

    /// <summary>Values that Java has nothing for.</summary>
    public string[] Lacks { get; init; } = [];
}

internal sealed class StructType
{
    /// <summary>Oldest first: the fields that each version of the ABI appended, and the size that the struct then had for ever.</summary>
    public required StructVersion[] Versions { get; init; }

    public JavaClass? Java { get; init; }

    /// <summary>Not of the C ABI: a struct of native/jni that only crosses to Java.</summary>
    public bool JniOnly { get; init; }

    public IEnumerable<Field> Fields => Versions.SelectMany(version => version.Fields).Select(Field.Parse);

    public int FirstSize => Versions[0].Size;
}

internal sealed record StructVersion(int Abi, int Size, string[] Fields);

/// <summary>How a struct looks in Java.</summary>
internal sealed class JavaClass
{
    /// <summary>A class whose constructor takes a value for each field.</summary>
    public string? Class { get; init; }

    /// <summary>A class with a field for each field, which the native side reads.</summary>
    public string? Struct { get; init; }

    /// <summary>A class with an array for each field: many structs at once.</summary>
    public string? Columns { get; init; }

    public string Name => Class ?? Struct ?? Columns ?? throw new InvalidDataException("a java entry needs class, struct or columns");

    /// <summary>Fields of C that Java does not have, besides struct_size, reserved ones and counts of lists.</summary>
    public string[] Omit { get; init; } = [];

    /// <summary>Names in Java that are not simply the ones of C.</summary>
    public Dictionary<string, string> Names { get; init; } = [];

    /// <summary>
    /// Lists that the constructor takes first: name and class of an element. They stand for a field of that name, their length.
    /// </summary>
    public Dictionary<string, string> Rows { get; init; } = [];
}

internal sealed class Function
{
    public required int Since { get; init; }

    public string Returns { get; init; } = "biodl_status";

    public required string[] Parameters { get; init; }

    public IEnumerable<Field> Arguments => Parameters.Select(Field.Parse);
}
