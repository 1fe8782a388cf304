using System.Text;

namespace BioDL.Bindings;

/// <summary>native/python/biodl/_abi.py: constants, structs and functions for ctypes.</summary>
internal static class PythonModule
{
    private const string Quotes = "\"\"\"";

    public static string Write(Description abi)
    {
        var text = new StringBuilder($"""
            # SPDX-License-Identifier: MIT
            # Generated from native/abi/biodl.json by managed/BioDL.Bindings.
            {Quotes}The C ABI for ctypes, as native/include/biodl documents it: constants, structs, and declare() for a library.{Quotes}
            import ctypes

            ABI_VERSION = {abi.Abi}

            """);
        foreach ((string name, EnumType type) in abi.Enums)
            text.Append('\n').Append(string.Concat(type.Values.Select(value => $"{name}_{value.Key} = {value.Value}\n")));
        KeyValuePair<string, StructType>[] structs = [.. abi.PublicStructs];
        text.Append('\n');
        foreach ((string name, _) in structs)
            text.Append($"\nclass {name}(ctypes.Structure):\n    pass\n\n");
        text.Append('\n');
        foreach ((string name, Function callback) in abi.Callbacks)
        {
            string[] types = [Type(abi, callback.Returns), .. Arguments(abi, callback)];
            text.AppendJoin('\n', Lines.Of($"{name} = ctypes.CFUNCTYPE(", types, ")")).Append('\n');
        }

        foreach ((string name, StructType type) in structs)
        {
            text.Append($"\n{name}._fields_ = [\n");
            foreach (Field field in type.Fields)
                text.Append($"    (\"{field.Name}\", {Type(abi, field.CType(abi))}{(field.Length > 0 ? $" * {field.Length}" : "")}),\n");
            text.Append("]\n");
        }

        text.Append($"\nSTRUCTS = ({string.Concat(structs.Select(entry => $"\n    {entry.Key},"))}\n)\n");
        text.Append("\n# name: (result, arguments)\nFUNCTIONS = {\n");
        foreach ((string name, Function function) in abi.Functions)
        {
            string head = $"    \"{name}\": ({Type(abi, function.Returns)}, [";
            text.AppendJoin('\n', Lines.Of(head, [.. Arguments(abi, function)], "]),", "        ")).Append('\n');
        }

        return text.Append($$"""
            }


            def declare(library):
                {{Quotes}}Give every function of a ctypes.CDLL its result and argument types; returns the library.{{Quotes}}
                for name, (result, arguments) in FUNCTIONS.items():
                    function = getattr(library, name)
                    function.restype = result
                    function.argtypes = arguments
                return library

            """).ToString();
    }

    private static IEnumerable<string> Arguments(Description abi, Function function) =>
        function.Arguments.Select(argument => Type(abi, argument.CType(abi)));

    private static string Type(Description abi, string type)
    {
        var field = new Field(type, 0, "");
        return type switch
        {
            "void" => "None",
            "void*" => "ctypes.c_void_p",
            "char" => "ctypes.c_char",
            "const char*" => "ctypes.c_char_p",
            "float" or "double" => "ctypes.c_" + type,
            "biodl_status" => "ctypes.c_int32",
            _ when abi.Callbacks.ContainsKey(type) || abi.Structs.ContainsKey(type) => type,
            _ when type.EndsWith("_t", StringComparison.Ordinal) => "ctypes.c_" + type[..^2],
            _ when field.Stars == 0 => throw new InvalidDataException($"'{type}' is not a type of the ABI"),
            _ => Pointers(abi, field),
        };
    }

    /// <summary>An opaque handle is itself a pointer, so its stars count from one.</summary>
    private static string Pointers(Description abi, Field field)
    {
        bool opaque = field.Target.StartsWith("biodl_", StringComparison.Ordinal) && !abi.Structs.ContainsKey(field.Target);
        bool text = field.Target == "char";
        string inner = opaque ? "ctypes.c_void_p" : text ? "ctypes.c_char_p" : Type(abi, field.Target);
        int stars = field.Stars - (opaque || text ? 1 : 0);
        return string.Concat(Enumerable.Repeat("ctypes.POINTER(", stars)) + inner + new string(')', stars);
    }
}
