using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Core.Images;
using BioDL.Core.Runs;
using BioDL.Models;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>What a handle of a finished run stands for.</summary>
internal interface IFinishedRun
{
    /// <summary>The account as JSON, which lives as long as the handle.</summary>
    unsafe byte* Account { get; }
}

/// <summary>native/include/biodl/run.h</summary>
internal static unsafe class RunExports
{
    public static readonly Handles<OpenPlan> Plans = new("plan");
    public static readonly Handles<OpenResult> Results = new("result");

    [UnmanagedCallersOnly(EntryPoint = "biodl_run_plan", CallConvs = [typeof(CallConvCdecl)])]
    public static int Plan(nint model, ImageStruct** inputs, long inputCount, RunOptionsStruct* options, nint* plan, ErrorStruct* error) =>
        Guard.Call(error, () =>
    {
        CallerStruct.NotNull(plan, nameof(plan));
        *plan = 0;
        Model opened = ModelExports.Open.Get(model).Model;
        ImageView[] images = Images.Views(inputs, inputCount, nameof(inputs), optional: false)!;
        *plan = Plans.Add(new OpenPlan(opened.Plan(images, CallerOptions.Run(options)), images[0].Type));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_plan_describe", CallConvs = [typeof(CallConvCdecl)])]
    public static int DescribePlan(nint plan, PlanInfoStruct* info, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(info, Plans.Get(plan).Info, nameof(info)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_plan_get_output", CallConvs = [typeof(CallConvCdecl)])]
    public static int PlanOutput(nint plan, long index, PlanOutputStruct* output, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(output, Plans.Get(plan).Outputs.At(index, "output"), nameof(output)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_plan_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static int DestroyPlan(nint plan) => Guard.Call(null, () => Plans.Remove(plan));

    [UnmanagedCallersOnly(EntryPoint = "biodl_run", CallConvs = [typeof(CallConvCdecl)])]
    public static int Run(
        nint model,
        ImageStruct** inputs,
        long inputCount,
        RunOptionsStruct* options,
        delegate* unmanaged[Cdecl]<void*, ProgressStruct*, int> progress,
        void* userData,
        ImageStruct** outputs,
        long outputCount,
        nint* result,
        ErrorStruct* error) => Guard.Call(error, () =>
    {
        if (result != null)
            *result = 0;
        Model opened = ModelExports.Open.Get(model).Model;
        ImageView[] from = Images.Views(inputs, inputCount, nameof(inputs), optional: false)!;
        ImageView?[] to = Images.Views(outputs, outputCount, nameof(outputs), optional: true);
        RunResult done = opened.Run(from, CallerOptions.Run(options), Progresses.Handler(progress, userData), to);
        if (result != null)
            *result = Results.Add(new OpenResult(done));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_result_describe", CallConvs = [typeof(CallConvCdecl)])]
    public static int DescribeResult(nint result, ResultInfoStruct* info, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(info, Results.Get(result).Info, nameof(info)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_result_get_output", CallConvs = [typeof(CallConvCdecl)])]
    public static int ResultOutput(nint result, long index, ResultOutputStruct* output, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(output, Results.Get(result).Outputs.At(index, "output"), nameof(output)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_result_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static int DestroyResult(nint result) => Guard.Call(null, () => Results.Remove(result));

    [UnmanagedCallersOnly(EntryPoint = "biodl_account", CallConvs = [typeof(CallConvCdecl)])]
    public static int Account(void* result, byte** json, ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(json, nameof(json));
        *json = null;
        IFinishedRun? run = Results.Find((nint)result) ?? (IFinishedRun?)ObjectsExports.Open.Find((nint)result);
        *json = run is null ? throw Handles.Unknown("result or objects", (nint)result) : run.Account;
    });
}
