using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Core.Images;
using BioDL.Core.Objects.StarConvex;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>native/include/biodl/segment.h</summary>
internal static unsafe class SegmentExports
{
    [UnmanagedCallersOnly(EntryPoint = "biodl_segment_options_default", CallConvs = [typeof(CallConvCdecl)])]
    public static int Defaults(nint model, SegmentOptionsStruct* options, ErrorStruct* error) => Guard.Call(error, () =>
    {
        StarDistDescription? description = model == 0 ? null : ModelExports.Open.Get(model).Model.Description.StarDist;
        CallerStruct.Write(options, ReadStarOptions.Default(description), nameof(options));
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
    {
        if (objects != null)
            *objects = 0;
        Model opened = ModelExports.Open.Get(model).Model;
        ImageView input = Images.View(image, nameof(image));
        ImageView? output = labels == null ? null : Images.View(labels, nameof(labels));
        var (run, stars) = ReadStarOptions.Of(options);
        SegmentedObjects result = opened.Segment(input, run, stars, Progresses.Handler(progress, userData), output);
        if (objects != null)
            *objects = ObjectsExports.Open.Add(new OpenObjects(result));
    });
}
