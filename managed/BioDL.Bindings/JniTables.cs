using System.Text;

namespace BioDL.Bindings;

/// <summary>native/jni/tables.h: which field of C is which value of a Java class, by name; native/jni/record.h does the rest.</summary>
internal static class JniTables
{
    public static string Write(Description abi)
    {
        KeyValuePair<string, StructType>[] crossing = [.. abi.Structs.Where(entry => entry.Value.Java is not null)];
        var text = new StringBuilder("""
            /* SPDX-License-Identifier: MIT */
            /* Generated from native/abi/biodl.json by managed/BioDL.Bindings: the structs that cross, and their names in Java. */
            #ifndef BIODL_JNI_TABLES_H
            #define BIODL_JNI_TABLES_H

            #include "plane_window.h"
            #include "record.h"

            namespace biodl_jni
            {
            namespace tables
            {

            """);
        foreach ((string name, StructType type) in crossing)
            Write(text, abi, name, type);
        text.Append("}\n\n/** Look up every class, constructor and field above. @return false with an exception when one is missing */\n");
        text.Append("inline bool load_tables(JNIEnv* env)\n{\n    return ");
        text.AppendJoin("\n        && ", crossing.Select(entry => $"tables::{Variable(entry.Key)}.load(env)"));
        return text.Append(";\n}\n}\n\n#endif\n").ToString();
    }

    private static void Write(StringBuilder text, Description abi, string name, StructType type)
    {
        JavaClass java = type.Java!;
        string kind = java.Class is not null ? "Record" : java.Struct is not null ? "Struct" : "Columns";
        string[] values = [.. JavaClasses.Fields(abi, type).Select(field => Value(name, java, field))];
        string tail = "}" + string.Concat(java.Rows.Values.Select(element => $", \"[{JavaClasses.Element(element)}\"")) + "};";
        text.Append($"inline {kind}<{name}> {Variable(name)}{{\"{JavaClasses.Internal(java.Name)}\", {{\n");
        foreach (string line in Lines.Of("    ", values, tail))
            text.Append(line).Append('\n');
    }

    private static string Value(string name, JavaClass java, Field field)
    {
        string javaName = JavaClasses.FieldName(java, field);
        return field.IsPointer ? $"OBJECT({javaName}, \"{JavaClasses.Signature(field)}\")" : $"VALUE({name}, {field.Name}, {javaName})";
    }

    private static string Variable(string name) => name.Replace("biodl_", "", StringComparison.Ordinal);
}
