using System.Globalization;

namespace BioDL.Bindings;

/// <summary>
/// A field or parameter: its type and name as C spells them. Besides C's types there are <c>text</c> (UTF-8), <c>lines</c> and <c>names</c>
/// (text, one a line; of names an empty line counts), <c>bool</c> (int32_t, 0 or 1), the name of an enum (int32_t) and <c>T[n]</c>.
/// </summary>
internal sealed record Field(string Type, int Length, string Name)
{
    public static Field Parse(string text)
    {
        int space = text.LastIndexOf(' ');
        string type = text[..space], name = text[(space + 1)..];
        int bracket = type.IndexOf('[');
        return bracket < 0
            ? new Field(type, 0, name)
            : new Field(type[..bracket], int.Parse(type[(bracket + 1)..^1], CultureInfo.InvariantCulture), name);
    }

    /// <summary>Whether the type is text, in C a <c>const char*</c>.</summary>
    public bool IsText => Type is "text" or "lines" or "names";

    public bool IsPointer => Type.EndsWith('*');

    public bool IsReserved => Name.StartsWith("reserved", StringComparison.Ordinal);

    /// <summary>The type in C, without its array.</summary>
    public string CType(Description abi) =>
        IsText ? "const char*" : Type is "bool" or "biodl_status" || abi.Enums.ContainsKey(Type) ? "int32_t" : Type;

    /// <summary>What a pointer points to, without const: "biodl_image" for "const biodl_image* const*".</summary>
    public string Target =>
        Type.Replace("const ", "", StringComparison.Ordinal).Replace(" const", "", StringComparison.Ordinal).TrimEnd('*');

    public int Stars => Type.Count(letter => letter == '*');

    /// <summary>"prob_threshold" as "ProbThreshold".</summary>
    public static string Pascal(string snake) => string.Concat(snake.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>"prob_threshold" as "probThreshold".</summary>
    public static string Camel(string snake) => char.ToLowerInvariant(snake[0]) + Pascal(snake)[1..];
}
