using System.Reflection;
using System.Runtime.InteropServices;
using BioDL.Core.Segmentation;
using BioDL.Native.Interop;

namespace BioDL.Tests.Native;

/// <summary>Every struct of the C ABI has the layout that a C compiler gave it (tests/abi/layout.c, run by the build).</summary>
public sealed class LayoutTests
{
    private static readonly Dictionary<string, Type> Structs = new()
    {
        ["biodl_error"] = typeof(ErrorStruct),
        ["biodl_version_info"] = typeof(VersionInfoStruct),
        ["biodl_device_info"] = typeof(DeviceInfoStruct),
        ["biodl_model_info"] = typeof(ModelInfoStruct),
        ["biodl_tensor_info"] = typeof(TensorInfoStruct),
        ["biodl_image"] = typeof(ImageStruct),
        ["biodl_progress"] = typeof(ProgressStruct),
        ["biodl_segment_options"] = typeof(SegmentOptionsStruct),
        ["biodl_object"] = typeof(SegmentedObject),
        ["biodl_objects_view"] = typeof(ObjectsViewStruct),
        ["biodl_objects_report"] = typeof(ObjectsReportStruct),
        ["biodl_channels"] = typeof(ChannelsStruct),
        ["biodl_run_options"] = typeof(RunOptionsStruct),
        ["biodl_plan_info"] = typeof(PlanInfoStruct),
        ["biodl_plan_output"] = typeof(PlanOutputStruct),
        ["biodl_result_info"] = typeof(ResultInfoStruct),
        ["biodl_result_output"] = typeof(ResultOutputStruct),
        ["biodl_catalogue_entry"] = typeof(CatalogueEntryStruct),
        ["biodl_verification_info"] = typeof(VerificationInfoStruct),
        ["biodl_verification_output"] = typeof(VerificationOutputStruct),
    };

    [Fact]
    public void EverySizeAndOffsetIsThatOfTheCompiler()
    {
        string[][] lines = [.. File.ReadLines(LayoutFile()).Select(line => line.Split(' '))];
        Assert.Equal(Structs.Keys.Order(), lines.Select(line => line[0]).Distinct().Order());
        foreach (string[] line in lines)
        {
            Type type = Structs[line[0]];
            int expected = int.Parse(line[2]);
            int actual = line[1] == "sizeof" ? Marshal.SizeOf(type) : (int)Marshal.OffsetOf(type, Pascal(line[1]));
            Assert.True(expected == actual, $"{line[0]}.{line[1]} is {expected} in C and {actual} in C#");
        }
    }

    [Fact]
    public void NoFieldIsMissingInC()
    {
        ILookup<string, string> fields = File.ReadLines(LayoutFile()).Select(line => line.Split(' '))
            .Where(line => line[1] != "sizeof").ToLookup(line => line[0], line => Pascal(line[1]));
        foreach ((string name, Type type) in Structs)
        {
            IEnumerable<string> ours = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(f => f.Name);
            Assert.Equal(ours.Order(), fields[name].Order());
        }
    }

    /// <summary>"struct_size" as "StructSize".</summary>
    private static string Pascal(string snake) =>
        string.Concat(snake.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string LayoutFile()
    {
        string? build = Environment.GetEnvironmentVariable("BIODL_BUILD_DIR");
        for (string? folder = AppContext.BaseDirectory; build is null && folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "CMakeLists.txt")))
                build = Path.Combine(folder, "build", "release");
        }

        string file = Path.Combine(build ?? ".", "layout.txt");
        Assert.True(File.Exists(file), $"{file} is missing: build with cmake --build --preset release first");
        return file;
    }
}
