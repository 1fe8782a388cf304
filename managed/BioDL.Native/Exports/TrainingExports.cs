using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Models.Training;
using BioDL.Models.Training.Runs;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>native/include/biodl/training.h: a training as a job.</summary>
internal static unsafe class TrainingExports
{
    public static readonly Handles<OpenTraining> Open = new("training");
    public static readonly Handles<OpenTrainingPlan> Plans = new("plan of a training");
    public static readonly Handles<OpenPicture> Pictures = new("picture");

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_plan_create", CallConvs = [typeof(CallConvCdecl)])]
    public static int Plan(TrainingOptionsStruct* options, TrainingImageStruct** images, long count, nint* trainingPlan,
        ErrorStruct* error) =>
        Guard.Call(error, () =>
    {
        CallerStruct.NotNull(trainingPlan, nameof(trainingPlan));
        *trainingPlan = 0;
        *trainingPlan = Plans.Add(new OpenTrainingPlan(TrainingRun.Plan(CallerTraining.Request(options, images, count))));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_plan_describe", CallConvs = [typeof(CallConvCdecl)])]
    public static int DescribePlan(nint trainingPlan, TrainingPlanInfoStruct* info, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(info, Plans.Get(trainingPlan).Info, nameof(info)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_plan_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static int DestroyPlan(nint trainingPlan) => Guard.Call(null, () => Plans.Remove(trainingPlan));

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_create", CallConvs = [typeof(CallConvCdecl)])]
    public static int Create(
        TrainingOptionsStruct* options,
        TrainingImageStruct** images,
        long count,
        delegate* unmanaged[Cdecl]<void*, ProgressStruct*, int> progress,
        void* userData,
        nint* training,
        ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(training, nameof(training));
        *training = 0;
        TrainingRequest request = CallerTraining.Request(options, images, count);
        *training = Open.Add(new OpenTraining(TrainingRun.Create(request, Progresses.Handler(progress, userData))));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_resume", CallConvs = [typeof(CallConvCdecl)])]
    public static int Resume(byte* id, nint* training, ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(training, nameof(training));
        *training = 0;
        *training = Open.Add(new OpenTraining(TrainingRun.Resume(Text.Required(id, nameof(id)))));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_describe", CallConvs = [typeof(CallConvCdecl)])]
    public static int Describe(nint training, TrainingInfoStruct* info, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(info, Open.Get(training).Info, nameof(info)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_start", CallConvs = [typeof(CallConvCdecl)])]
    public static int Start(nint training, ErrorStruct* error) => Guard.Call(error, () => Open.Get(training).Run.Start());

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_poll", CallConvs = [typeof(CallConvCdecl)])]
    public static int Poll(nint training, TrainingProgressStruct* progress, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(progress, Open.Get(training).Progress(), nameof(progress)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_get_point", CallConvs = [typeof(CallConvCdecl)])]
    public static int Point(nint training, long index, TrainingPointStruct* point, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(point, Open.Get(training).Point(index), nameof(point)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_get_picture", CallConvs = [typeof(CallConvCdecl)])]
    public static int Picture(nint training, nint* trainingPicture, ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(trainingPicture, nameof(trainingPicture));
        *trainingPicture = 0;
        if (Open.Get(training).Run.Picture() is { } last)
            *trainingPicture = Pictures.Add(new OpenPicture(last));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_picture_describe", CallConvs = [typeof(CallConvCdecl)])]
    public static int DescribePicture(nint trainingPicture, TrainingPictureInfoStruct* info, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(info, Pictures.Get(trainingPicture).Info, nameof(info)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_picture_get_plane", CallConvs = [typeof(CallConvCdecl)])]
    public static int PicturePlane(nint trainingPicture, long index, float** pixels, ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(pixels, nameof(pixels));
        *pixels = null;
        *pixels = (float*)Pictures.Get(trainingPicture).Planes.At(index, "plane");
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_picture_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static int DestroyPicture(nint trainingPicture) => Guard.Call(null, () => Pictures.Remove(trainingPicture));

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_snapshot", CallConvs = [typeof(CallConvCdecl)])]
    public static int Snapshot(nint training, byte* folder, ErrorStruct* error) =>
        Guard.Call(error, () => Open.Get(training).Run.Snapshot(Text.Required(folder, nameof(folder))));

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_stop", CallConvs = [typeof(CallConvCdecl)])]
    public static int Stop(nint training, ErrorStruct* error) => Guard.Call(error, () => Open.Get(training).Run.Stop());

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_cancel", CallConvs = [typeof(CallConvCdecl)])]
    public static int Cancel(nint training, ErrorStruct* error) => Guard.Call(error, () => Open.Get(training).Run.Cancel());

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_wait", CallConvs = [typeof(CallConvCdecl)])]
    public static int Wait(nint training, double seconds, int* over, ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(over, nameof(over));
        *over = Open.Get(training).Wait(seconds) ? 1 : 0;
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_get_result", CallConvs = [typeof(CallConvCdecl)])]
    public static int Result(nint training, TrainingResultStruct* result, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(result, Open.Get(training).Result(), nameof(result)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static int Destroy(nint training) => Guard.Call(null, () => Open.Remove(training));
}
