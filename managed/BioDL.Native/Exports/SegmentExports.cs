using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>native/include/biodl/stars.h, and segment.h, which is the same with the options of ABI 1.</summary>
internal static unsafe class SegmentExports
{
    [UnmanagedCallersOnly(EntryPoint = "biodl_segment_options_default", CallConvs = [typeof(CallConvCdecl)])]
    public static int Defaults(nint model, SegmentOptionsStruct* options, ErrorStruct* error) => Guard.Call(error, () =>
    {
        StarDistDescription? description = model == 0 ? null : ModelExports.Open.Get(model).Model.Description.StarDist;
        CallerStruct.Write(options, CallerOptions.SegmentDefaults(description), nameof(options));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_segment", CallConvs = [typeof(CallConvCdecl)])]
    public static int Segment(
        nint model,
        ImageStruct* image,
        SegmentOptionsStruct* options,
        delegate* unmanaged[Cdecl]<void*, ProgressStruct*, int> progress,
        void* userData,
        ImageStruct* labels,
        nint* objects,
        ErrorStruct* error) => Guard.Call(error, () =>
            Run(model, image, () => CallerOptions.Segment(options), () => CallerOptions.StarImages(null, labels),
                Progresses.Handler(progress, userData), objects));

    [UnmanagedCallersOnly(EntryPoint = "biodl_run_stars", CallConvs = [typeof(CallConvCdecl)])]
    public static int RunStars(
        nint model,
        ImageStruct* image,
        RunOptionsStruct* options,
        StarOptionsStruct* stars,
        delegate* unmanaged[Cdecl]<void*, ProgressStruct*, int> progress,
        void* userData,
        ImageStruct* labels,
        nint* objects,
        ErrorStruct* error) => Guard.Call(error, () =>
            Run(model, image, () => CallerOptions.RunStars(options, stars), () => CallerOptions.StarImages(stars, labels),
                Progresses.Handler(progress, userData), objects));

    [UnmanagedCallersOnly(EntryPoint = "biodl_run_stars_plan", CallConvs = [typeof(CallConvCdecl)])]
    public static int PlanStars(nint model, ImageStruct* image, RunOptionsStruct* options, nint* plan, ErrorStruct* error) =>
        Guard.Call(error, () =>
    {
        CallerStruct.NotNull(plan, nameof(plan));
        *plan = 0;
        Model opened = ModelExports.Open.Get(model).Model;
        ImageView input = Images.View(image, nameof(image));
        *plan = RunExports.Plans.Add(new OpenPlan(opened.PlanSegment(input, CallerOptions.Run(options)), input.Type));
    });

    // The options are read after the handle and the images, so that errors come in the order of the parameters.
    private static void Run(
        nint model,
        ImageStruct* image,
        Func<(RunOptions Run, StarOptions Stars)> options,
        Func<StarImages> images,
        ProgressHandler? progress,
        nint* objects)
    {
        if (objects != null)
            *objects = 0;
        Model opened = ModelExports.Open.Get(model).Model;
        ImageView input = Images.View(image, nameof(image));
        StarImages output = images();
        (RunOptions run, StarOptions stars) = options();
        SegmentedObjects found = opened.Segment(input, run, stars, progress, output);
        if (objects != null)
            *objects = ObjectsExports.Open.Add(new OpenObjects(found));
    }
}
