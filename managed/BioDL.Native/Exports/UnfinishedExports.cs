using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Core.Training;
using BioDL.Models.Training;
using BioDL.Models.Training.Runs;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>native/include/biodl/training.h: trainings that were broken off.</summary>
internal static unsafe class UnfinishedExports
{
    public static readonly Handles<OpenUnfinished> Open = new("list of unfinished trainings");

    [UnmanagedCallersOnly(EntryPoint = "biodl_unfinished_open", CallConvs = [typeof(CallConvCdecl)])]
    public static int List(nint* unfinished, ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(unfinished, nameof(unfinished));
        *unfinished = 0;
        *unfinished = Open.Add(new OpenUnfinished(TrainingRun.Unfinished()));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_unfinished_count", CallConvs = [typeof(CallConvCdecl)])]
    public static int Count(nint unfinished, long* count, ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(count, nameof(count));
        *count = Open.Get(unfinished).Entries.Count;
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_unfinished_get", CallConvs = [typeof(CallConvCdecl)])]
    public static int Get(nint unfinished, long index, UnfinishedEntryStruct* entry, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(entry, Open.Get(unfinished).Entries.At(index, "unfinished training"), nameof(entry)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_unfinished_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static int Destroy(nint unfinished) => Guard.Call(null, () => Open.Remove(unfinished));

    [UnmanagedCallersOnly(EntryPoint = "biodl_training_discard", CallConvs = [typeof(CallConvCdecl)])]
    public static int Discard(byte* id, ErrorStruct* error) =>
        Guard.Call(error, () => TrainingRun.Discard(Text.Required(id, nameof(id))));
}

/// <summary>What a <c>biodl_unfinished*</c> stands for.</summary>
internal sealed unsafe class OpenUnfinished : IDisposable
{
    private readonly OwnedText _text = new();

    public OpenUnfinished(IReadOnlyList<UnfinishedTraining> trainings) => Entries = [.. trainings.Select(Describe)];

    public IReadOnlyList<UnfinishedEntryStruct> Entries { get; }

    public void Dispose() => _text.Dispose();

    private UnfinishedEntryStruct Describe(UnfinishedTraining training) => new()
    {
        Method = (int)(TrainingMethods.Parse(training.Method) ?? 0),
        Id = _text.Add(training.Id),
        Name = _text.Add(training.Name),
        Step = training.Step,
        Steps = training.Steps,
        Last = training.Last.ToUnixTimeSeconds(),
    };
}
