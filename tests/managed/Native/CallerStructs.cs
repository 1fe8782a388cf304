using BioDL.Bindings;
using BioDL.Native.Interop;

namespace BioDL.Tests.Native;

/// <summary>The structs of native/abi/biodl.json with their types in C#.</summary>
internal static class CallerStructs
{
    public static Description Abi { get; } = Description.Read(Repository.Root);

    public static IEnumerable<(string Name, Type Type)> All => Abi.PublicStructs.Select(entry => (entry.Key, Of(entry.Key)));

    /// <summary>Those that begin with struct_size, so that callers of several versions exist.</summary>
    public static IEnumerable<(string Name, Type Type)> Sized => All.Where(entry => entry.Type.IsAssignableTo(typeof(ICallerStruct)));

    private static Type Of(string name)
    {
        Type? type = typeof(ICallerStruct).Assembly.GetType($"{typeof(ICallerStruct).Namespace}.{CSharpStructs.Name(name)}");
        Assert.True(type is not null, $"{name} has no struct in BioDL.Native");
        return type;
    }
}
