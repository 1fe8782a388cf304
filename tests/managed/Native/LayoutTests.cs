using System.Reflection;
using System.Runtime.InteropServices;
using BioDL.Bindings;
using BioDL.Core.Objects.StarConvex;

namespace BioDL.Tests.Native;

/// <summary>Every struct of the C ABI has the layout that a C compiler gave it (tests/abi/layout.c, run by the build).</summary>
public sealed class LayoutTests
{
    /// <summary>The types by their C names; objects are handed out as the engine keeps them, so the engine's type counts too.</summary>
    private static IEnumerable<(string Name, Type Type)> Structs => CallerStructs.All.Append(("biodl_object", typeof(SegmentedObject)));

    [Fact]
    public void EverySizeAndOffsetIsThatOfTheCompiler()
    {
        string[][] lines = [.. File.ReadLines(LayoutFile()).Select(line => line.Split(' '))];
        Assert.Equal(Structs.Select(entry => entry.Name).Distinct().Order(), lines.Select(line => line[0]).Distinct().Order());
        foreach ((string name, Type type) in Structs)
        {
            foreach (string[] line in lines.Where(line => line[0] == name))
            {
                int actual = line[1] == "sizeof" ? Marshal.SizeOf(type) : (int)Marshal.OffsetOf(type, Field.Pascal(line[1]));
                Assert.True(int.Parse(line[2]) == actual, $"{name}.{line[1]} is {line[2]} in C and {actual} in {type.Name}");
            }
        }
    }

    [Fact]
    public void NoFieldIsMissingInC()
    {
        ILookup<string, string> fields = File.ReadLines(LayoutFile()).Select(line => line.Split(' '))
            .Where(line => line[1] != "sizeof").ToLookup(line => line[0], line => Field.Pascal(line[1]));
        foreach ((string name, Type type) in Structs)
        {
            IEnumerable<string> ours = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Select(f => f.Name);
            Assert.Equal(ours.Order(), fields[name].Order());
        }
    }

    private static string LayoutFile()
    {
        string build = Environment.GetEnvironmentVariable("BIODL_BUILD_DIR") ?? Path.Combine(Repository.Root, "build", "release");
        string file = Path.Combine(build, "layout.txt");
        Assert.True(File.Exists(file), $"{file} is missing: build with cmake --build --preset release first");
        return file;
    }
}
