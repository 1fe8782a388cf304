using System.Text;

namespace BioDL.Bindings;

/// <summary>What C compilers check: tests/abi/layout.c, tests/abi/stub.c, native/biodl.symbols.</summary>
internal static class CFiles
{
    private const string From = "from native/abi/biodl.json by managed/BioDL.Bindings";

    /// <summary>A program that compiles only when the headers are what is described; it prints sizes and offsets.</summary>
    public static string Layout(Description abi)
    {
        var text = new StringBuilder($$"""
            /* Generated {{From}}.
               It compiles only when the headers are what is described, and prints "struct field offset" for other languages to compare. */
            #include <stdio.h>
            #include "biodl/biodl.h"

            #define SIZE(type, size) _Static_assert(sizeof(type) == size, #type); printf("%s sizeof %zu\n", #type, sizeof(type))
            #define FIELD(type, field, field_type, offset) \
                _Static_assert(offsetof(type, field) == offset, #type "." #field); \
                _Static_assert(_Generic(((type*)0)->field, field_type: 1, default: 0), #type "." #field); \
                printf("%s %s %zu\n", #type, #field, offsetof(type, field))
            #define VALUE(name, number) _Static_assert(name == number, #name)
            #define FUNCTION(name, type) _Static_assert(_Generic(&name, type: 1, default: 0), #name)
            #define CALLBACK(name, type) _Static_assert(_Generic((name)0, type: 1, default: 0), #name)

            VALUE(BIODL_ABI_VERSION, {{abi.Abi}});

            """);
        foreach ((string name, EnumType type) in abi.Enums)
            text.Append(string.Concat(type.Values.Select(value => $"VALUE({name}_{value.Key}, {value.Value});\n")));
        foreach ((string name, Function function) in abi.Callbacks)
            text.AppendJoin('\n', Pointer($"CALLBACK({name}", function)).Append('\n');
        foreach ((string name, Function function) in abi.Functions)
            text.AppendJoin('\n', Pointer($"FUNCTION({name}", function)).Append('\n');
        text.Append("\nint main(void)\n{\n");
        foreach ((string name, StructType type) in abi.PublicStructs)
        {
            text.Append($"    SIZE({name}, {type.Versions[^1].Size});\n");
            foreach ((Field field, int offset) in Bindings.Layout.Of(abi, type))
                text.Append($"    FIELD({name}, {field.Name}, {field.CType(abi)}{(field.Length > 0 ? "*" : "")}, {offset});\n");
        }

        return text.Append("    return 0;\n}\n").ToString();
    }

    /// <summary>Functions that do nothing: a library whose debug information says what the headers declare.</summary>
    public static string Stub(Description abi)
    {
        var text = new StringBuilder($"""
            /* Generated {From}.
               A library for abidiff: what the headers declare, and nothing else. */
            #include "biodl/biodl.h"


            """);
        foreach ((string name, Function function) in abi.Functions)
        {
            string[] parameters = [.. function.Parameters.DefaultIfEmpty("void")];
            text.AppendJoin('\n', Lines.Of($"{function.Returns} {name}(", parameters, ") { return 0; }")).Append('\n');
        }

        return text.ToString();
    }

    public static string Symbols(Description abi) =>
        string.Concat(abi.Functions.Keys.Order(StringComparer.Ordinal).Select(name => name + "\n"));

    private static IEnumerable<string> Pointer(string head, Function function)
    {
        string[] types = [.. function.Arguments.Select(argument => argument.Type).DefaultIfEmpty("void")];
        return Lines.Of($"{head}, {function.Returns} (*)(", types, "));");
    }
}
