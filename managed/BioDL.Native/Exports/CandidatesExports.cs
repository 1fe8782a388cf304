using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Models;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>Kept candidates of native/include/biodl/stars.h.</summary>
internal static unsafe class CandidatesExports
{
    public static readonly Handles<OpenCandidates> Open = new("candidates");

    [UnmanagedCallersOnly(EntryPoint = "biodl_run_stars_keep", CallConvs = [typeof(CallConvCdecl)])]
    public static int Keep(
        nint model,
        ImageStruct* image,
        RunOptionsStruct* options,
        double probThreshold,
        delegate* unmanaged[Cdecl]<void*, ProgressStruct*, int> progress,
        void* userData,
        nint* candidates,
        ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(candidates, nameof(candidates));
        *candidates = 0;
        Model opened = ModelExports.Open.Get(model).Model;
        ImageView input = Images.View(image, nameof(image));
        *candidates = Open.Add(new OpenCandidates(opened.Keep(input, CallerOptions.Run(options), CallerOptions.Keep(probThreshold),
            Progresses.Handler(progress, userData))));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_candidates_describe", CallConvs = [typeof(CallConvCdecl)])]
    public static int Describe(nint candidates, CandidatesInfoStruct* info, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(info, Open.Get(candidates).Info, nameof(info)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_candidates_select", CallConvs = [typeof(CallConvCdecl)])]
    public static int Select(
        nint candidates,
        StarOptionsStruct* stars,
        delegate* unmanaged[Cdecl]<void*, ProgressStruct*, int> progress,
        void* userData,
        ImageStruct* labels,
        nint* objects,
        ErrorStruct* error) => Guard.Call(error, () =>
    {
        if (objects != null)
            *objects = 0;
        StarCandidates kept = Open.Get(candidates).Candidates;
        ImageView? output = labels == null ? null : Images.View(labels, nameof(labels));
        SegmentedObjects found = kept.Select(CallerOptions.Stars(stars), Progresses.Handler(progress, userData), output);
        if (objects != null)
            *objects = ObjectsExports.Open.Add(new OpenObjects(found));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_candidates_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static int Destroy(nint candidates) => Guard.Call(null, () => Open.Remove(candidates));
}

/// <summary>What a <c>biodl_candidates*</c> stands for.</summary>
internal sealed class OpenCandidates(StarCandidates candidates) : IDisposable
{
    public StarCandidates Candidates => candidates;

    public CandidatesInfoStruct Info => new() { Count = candidates.Count, ProbThreshold = candidates.Threshold };

    /// <summary>The candidates are ordinary memory, which goes with the last use.</summary>
    public void Dispose()
    {
    }
}
