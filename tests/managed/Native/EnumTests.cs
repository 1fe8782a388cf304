using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Engines;
using BioDL.Models.Descriptions;
using BioDL.Models.Verification;

namespace BioDL.Tests.Native;

/// <summary>The engine's enums cross as their numbers, so they are those of the C ABI.</summary>
public sealed class EnumTests
{
    private static readonly Dictionary<string, Type> Enums = new()
    {
        ["BIODL_STATUS"] = typeof(Status),
        ["BIODL_DEVICE"] = typeof(DeviceKind),
        ["BIODL_TASK"] = typeof(ModelTask),
        ["BIODL_DTYPE"] = typeof(PixelType),
        ["BIODL_STAGE"] = typeof(Stage),
        ["BIODL_VERTICES"] = typeof(VertexMode),
        ["BIODL_LABELS"] = typeof(LabelScope),
        ["BIODL_LINK"] = typeof(LinkAxis),
        ["BIODL_OUTPUT"] = typeof(OutputKind),
        ["BIODL_MODEL"] = typeof(ModelState),
        ["BIODL_VERIFY"] = typeof(VerifyOutcome),
    };

    public static TheoryData<string> Names => [.. Enums.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void NamesAndNumbersAreThoseOfC(string name)
    {
        IEnumerable<(string, int)> ours = Enum.GetValues(Enums[name]).Cast<object>()
            .Select(value => (Plain(value.ToString()!), (int)value));
        IEnumerable<(string, int)> theirs = CallerStructs.Abi.Enums[name].Values.Select(value => (Plain(value.Key), value.Value));
        Assert.Equal(theirs.Order(), ours.Order());
    }

    /// <summary>"INVALID_HANDLE" and "InvalidHandle" alike.</summary>
    private static string Plain(string name) => name.Replace("_", "").ToUpperInvariant();
}
