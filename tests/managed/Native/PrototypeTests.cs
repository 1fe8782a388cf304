using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using BioDL.Native.Interop;

namespace BioDL.Tests.Native;

/// <summary>
/// Every export of the library is what the headers declare: a prototype is printed for each method with [UnmanagedCallersOnly], and the C
/// compiler reads them after the headers. A differing name, count or type of parameters is its error.
/// </summary>
/// <remarks>
/// C# has no word for const, so the headers are read without it. A handle is an nint that bears the noun of its C type: nint model is
/// biodl_model*, nint* model biodl_model**.
/// </remarks>
public sealed class PrototypeTests
{
    private static readonly Dictionary<Type, string> Scalars = new()
    {
        [typeof(void)] = "void", [typeof(byte)] = "char", [typeof(int)] = "int32_t", [typeof(uint)] = "uint32_t",
        [typeof(long)] = "int64_t",
        [typeof(ulong)] = "uint64_t", [typeof(float)] = "float", [typeof(double)] = "double",
    };

    private static readonly MethodInfo[] Exports =
    [
        .. typeof(Guard).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method => method.IsDefined(typeof(UnmanagedCallersOnlyAttribute)))
            .OrderBy(EntryPoint, StringComparer.Ordinal),
    ];

    [Fact]
    public void EveryExportIsListed() =>
        Assert.Equal(File.ReadLines(Path.Combine(Repository.Root, "native", "biodl.symbols")).Order(StringComparer.Ordinal),
            Exports.Select(EntryPoint));

    [SkippableFact]
    public void TheCompilerFindsThePrototypesInTheHeaders()
    {
        (int code, string messages) = Compile(Exports.Select(Prototype));
        Assert.True(code == 0, messages);
    }

    /// <summary>Each kind of difference, put into one prototype at a time, is seen.</summary>
    [SkippableTheory]
    [InlineData("int64_t index", "int32_t index")]
    [InlineData("biodl_error* error", "biodl_device_info* error")]
    [InlineData(", biodl_error* error)", ")")]
    [InlineData("biodl_model** model", "biodl_model* model")]
    [InlineData("int32_t biodl_", "int64_t biodl_")]
    [InlineData("biodl_model_get_input", "biodl_model_get_inputs")]
    public void ADifferenceIsAnError(string text, string other)
    {
        string[] altered = [.. Exports.Select(Prototype).Where(line => line.Contains(text, StringComparison.Ordinal)).Take(1)];
        Assert.Single(altered);
        (int code, string messages) = Compile([altered[0].Replace(text, other)]);
        Assert.True(code != 0, $"{altered[0]} was taken with '{other}'");
        Assert.Contains("error", messages);
    }

    private static (int Code, string Messages) Compile(IEnumerable<string> prototypes)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a C compiler with gcc's options");
        string[] lines = [.. prototypes];
        var source = new StringBuilder("#define const\n#include <biodl/biodl.h>\n");
        foreach (string line in lines)
            source.Append($"static void* declared_{Regex.Match(line, @"biodl_\w+(?=\()").Value} = "
                + $"(void*){Regex.Match(line, @"biodl_\w+(?=\()").Value};\n");
        source.AppendJoin('\n', lines).Append('\n');
        string file = Path.Combine(Path.GetTempPath(), $"biodl-prototypes-{Guid.NewGuid():N}.c");
        File.WriteAllText(file, source.ToString());
        try
        {
            using Process compiler = Process.Start(new ProcessStartInfo(
                Environment.GetEnvironmentVariable("CC") ?? "cc",
                ["-std=c11", "-fsyntax-only", "-Wall", "-Wno-unused", "-Werror", "-I", Path.Combine(Repository.Root, "native", "include"),
                    file])
            {
                RedirectStandardError = true,
            })!;
            string messages = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            return (compiler.ExitCode, $"{messages}\n{source}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string EntryPoint(MethodInfo method) => method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()!.EntryPoint!;

    private static string Prototype(MethodInfo method)
    {
        string[] parameters = [.. method.GetParameters().Select(parameter => Declaration(parameter.ParameterType, Snake(parameter.Name!)))];
        string list = parameters.Length == 0 ? "void" : string.Join(", ", parameters);
        return $"{Declaration(method.ReturnType, EntryPoint(method))}({list});";
    }

    private static string Declaration(Type type, string name) => type.IsFunctionPointer
        ? $"{CName(type.GetFunctionPointerReturnType(), name)} "
        + $"(*{name})({string.Join(", ", type.GetFunctionPointerParameterTypes().Select(part => CName(part, name)))})"
        : $"{CName(type, name)} {name}";

    private static string CName(Type type, string name) => type switch
    {
        { IsPointer: true } => CName(type.GetElementType()!, name) + "*",
        _ when type == typeof(nint) => $"biodl_{name}*",
        _ when Scalars.TryGetValue(type, out string? scalar) => scalar,
        _ => "biodl_" + Snake(Regex.Replace(type.Name, "Struct$", "")),
    };

    /// <summary>"userData" as "user_data".</summary>
    private static string Snake(string name) => Regex.Replace(name, "(?<=[a-z0-9])[A-Z]", found => "_" + found.Value).ToLowerInvariant();
}
