using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Models;
using BioDL.Models.Verification;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>native/include/biodl/catalogue.h: a model against its own test tensors.</summary>
internal static unsafe class VerificationExports
{
    public static readonly Handles<OpenVerification> Open = new("verification");

    [UnmanagedCallersOnly(EntryPoint = "biodl_model_verify", CallConvs = [typeof(CallConvCdecl)])]
    public static int Verify(
        nint model,
        byte* device,
        delegate* unmanaged[Cdecl]<void*, ProgressStruct*, int> progress,
        void* userData,
        nint* verification,
        ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(verification, nameof(verification));
        *verification = 0;
        Model opened = ModelExports.Open.Get(model).Model;
        VerifyReport report = opened.Verify(Text.Read(device, nameof(device)) ?? "auto", Progresses.Handler(progress, userData));
        *verification = Open.Add(new OpenVerification(report));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_verification_describe", CallConvs = [typeof(CallConvCdecl)])]
    public static int Describe(nint verification, VerificationInfoStruct* info, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(info, Open.Get(verification).Info, nameof(info)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_verification_get_output", CallConvs = [typeof(CallConvCdecl)])]
    public static int GetOutput(nint verification, long index, VerificationOutputStruct* output, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(output, Open.Get(verification).Outputs.At(index, "output"), nameof(output)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_verification_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static int Destroy(nint verification) => Guard.Call(null, () => Open.Remove(verification));
}

/// <summary>What a <c>biodl_verification*</c> stands for: a report and the text it handed out.</summary>
internal sealed unsafe class OpenVerification : IDisposable
{
    private readonly OwnedText _text = new();

    public OpenVerification(VerifyReport report)
    {
        Info = new VerificationInfoStruct
        {
            Outcome = (int)report.Outcome,
            Outputs = report.Outputs.Count,
            Device = _text.Add(report.Device),
            WeightsFormat = _text.Add(report.WeightsFormat),
            Text = _text.Add(report.Text),
            Milliseconds = report.Milliseconds,
        };
        Outputs = [.. report.Outputs.Select(Describe)];
    }

    public VerificationInfoStruct Info { get; }

    public IReadOnlyList<VerificationOutputStruct> Outputs { get; }

    public void Dispose() => _text.Dispose();

    private VerificationOutputStruct Describe(VerifiedOutput output) => new()
    {
        Passed = output.Passed ? 1 : 0,
        Name = _text.Add(output.Name),
        Values = output.Values,
        Mismatches = output.Mismatches,
        LargestDeviation = output.LargestDeviation,
        AbsoluteTolerance = output.Tolerance.Absolute,
        RelativeTolerance = output.Tolerance.Relative,
        AllowedPerMillion = output.Tolerance.PerMillion,
    };
}
