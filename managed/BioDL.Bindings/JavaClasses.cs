namespace BioDL.Bindings;

/// <summary>
/// The generated parts of org.biodl.jni's classes, between <c>// &lt;generated NAME&gt;</c> and <c>// &lt;/generated&gt;</c>: constructors,
/// fields that the native side reads, and enums by their numbers. What a person reads of these classes is written by hand around them.
/// </summary>
internal static class JavaClasses
{
    private const string Package = "org/biodl/jni/", Begin = "// <generated ", End = "// </generated>";

    /// <summary>Every Java file that has generated parts, as it should be.</summary>
    public static IEnumerable<(string Path, string Text)> Write(Description abi, string root)
    {
        ILookup<string, (string Name, string[] Lines)> parts = Parts(abi).ToLookup(part => part.Name.Split('.')[0]);
        foreach (IGrouping<string, (string Name, string[] Lines)> file in parts)
        {
            string path = $"fiji-bridge/src/main/java/{Package}{file.Key}.java", text = File.ReadAllText(Path.Combine(root, path));
            foreach ((string name, string[] lines) in file)
                text = Insert(path, text, name, lines);
            yield return (path, text);
        }
    }

    /// <summary>The name in class files: nested classes by a dollar sign.</summary>
    public static string Internal(string name) => Package + name.Replace('.', '$');

    public static string FieldName(JavaClass java, Field field) => java.Names.GetValueOrDefault(field.Name) ?? Field.Camel(field.Name);

    /// <summary>The fields that Java has too.</summary>
    public static IEnumerable<Field> Fields(Description abi, StructType type)
    {
        JavaClass java = type.Java!;
        IEnumerable<string> counts = type.Fields.Where(field => field.IsPointer).Select(field => field.Name + "_count");
        HashSet<string> left = [.. java.Omit, .. java.Rows.Keys, .. counts];
        return type.Fields.Where(field => field.Name != "struct_size" && !field.IsReserved && !left.Contains(field.Name));
    }

    /// <summary>The JVM's spelling of a list's or image's type.</summary>
    public static string Signature(Field field) => Pointed(field) switch
    {
        "ImageView" => $"L{Package}ImageView;",
        "int[]" => "[I",
        "int[][]" => "[[I",
        "double[][]" => "[[D",
        string type => throw new InvalidDataException($"no JVM type for {type}"),
    };

    /// <summary>The JVM's spelling of what a list of rows holds.</summary>
    public static string Element(string name) => name == "float[]" ? "[F" : $"L{Internal(name)};";

    private static IEnumerable<(string Name, string[] Lines)> Parts(Description abi)
    {
        foreach (EnumType type in abi.Enums.Values.Where(type => type.Java is not null))
            yield return (type.Java!.Class, [.. Enum(type, type.Java)]);
        foreach (StructType type in abi.Structs.Values.Where(type => type.Java is not null))
        {
            JavaClass java = type.Java!;
            Field[] fields = [.. Fields(abi, type)];
            yield return (java.Name, java.Class is not null ? [.. Constructor(abi, java, fields)]
                : java.Struct is not null ? [.. fields.Select(field => $"final {Crossing(field)} {FieldName(java, field)};")]
                : [.. Columns(java, fields)]);
        }
    }

    private static IEnumerable<string> Enum(EnumType type, JavaEnum java)
    {
        string name = java.Class.Split('.')[^1];
        yield return $"static {name} of(int number)";
        yield return "{";
        yield return "    switch (number)";
        yield return "    {";
        foreach ((string value, int number) in type.Values.Where(value => value.Key != java.Otherwise && !java.Lacks.Contains(value.Key)))
            yield return $"        case {number}: return {value};";
        yield return $"        default: return {java.Otherwise ?? "null"};";
        yield return "    }";
        yield return "}";
    }

    private static IEnumerable<string> Constructor(Description abi, JavaClass java, Field[] fields)
    {
        IEnumerable<string> rows = java.Rows.Select(row => $"{row.Value}[] {Field.Camel(row.Key)}");
        string[] parameters = [.. rows, .. fields.Select(field => $"{Crossing(field)} {FieldName(java, field)}")];
        string name = java.Name.Split('.')[^1];
        foreach (string line in Lines.Of($"{name}(", parameters, ")"))
            yield return line;
        yield return "{";
        foreach (string row in java.Rows.Keys.Select(Field.Camel))
            yield return $"    this.{row} = Collections.unmodifiableList(Arrays.asList({row}));";
        foreach (Field field in fields)
            yield return $"    this.{FieldName(java, field)} = {Kept(abi, field, FieldName(java, field))};";
        yield return "}";
    }

    private static IEnumerable<string> Columns(JavaClass java, Field[] fields)
    {
        foreach (Field field in fields)
            yield return $"final {Crossing(field)}[] {FieldName(java, field)};";
        yield return "";
        string[] parameters = [.. fields.Select(field => $"{Crossing(field)}[] {FieldName(java, field)}")];
        foreach (string line in Lines.Of($"{java.Name.Split('.')[^1]}(", parameters, ")"))
            yield return line;
        yield return "{";
        foreach (string name in fields.Select(field => FieldName(java, field)))
            yield return $"    this.{name} = {name};";
        yield return "}";
    }

    /// <summary>The type that crosses.</summary>
    private static string Crossing(Field field) => field.Type switch
    {
        "text" or "lines" or "names" => "byte[]",
        "int64_t" => field.Length > 0 ? "long[]" : "long",
        "double" or "float" => field.Type + (field.Length > 0 ? "[]" : ""),
        _ when field.IsPointer => Pointed(field),
        _ => "int",
    };

    private static string Pointed(Field field) => field.Target switch
    {
        "biodl_image" => "ImageView",
        "int32_t" => "int[]",
        "biodl_channels" => "int[][]",
        "biodl_range" => "double[][]",
        _ => throw new InvalidDataException($"{field.Name}: Java has nothing for {field.Type}"),
    };

    /// <summary>What a class keeps of a value that crossed.</summary>
    private static string Kept(Description abi, Field field, string name) => field.Type switch
    {
        "text" => $"Text.of({name})",
        "lines" => $"Text.lines({name})",
        "names" => $"Text.names({name})",
        "bool" => $"{name} != 0",
        string type when abi.Enums.GetValueOrDefault(type)?.Java is { } java => $"{java.Class}.of({name})",
        _ => name,
    };

    private static string Insert(string path, string text, string name, string[] lines)
    {
        string begin = $"{Begin}{name.Split('.')[^1]}>\n";
        int start = text.IndexOf(begin, StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf(End, start, StringComparison.Ordinal);
        if (end < 0)
            throw new InvalidDataException($"{path} has no part '{begin.TrimEnd()}' with '{End}' after it");
        string indent = new(' ', start - text.LastIndexOf('\n', start) - 1);
        string body = string.Concat(lines.Select(line => line.Length > 0 ? $"{indent}{line}\n" : "\n"));
        return text[..(start + begin.Length)] + body + indent + text[end..];
    }
}
