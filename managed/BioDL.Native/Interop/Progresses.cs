using BioDL.Core.Running;

namespace BioDL.Native.Interop;

/// <summary>The host's progress callback as the engine's.</summary>
internal static unsafe class Progresses
{
    public static ProgressHandler? Handler(delegate* unmanaged[Cdecl]<void*, ProgressStruct*, int> callback, void* userData)
    {
        if (callback == null)
            return null;
        return (in Progress progress) =>
        {
            var native = new ProgressStruct
            {
                StructSize = (uint)sizeof(ProgressStruct),
                Stage = (int)progress.Stage,
                Done = progress.Done,
                Total = Math.Max(1, progress.Total),
                Frame = progress.Frame,
                Slice = progress.Slice,
                Fraction = progress.Fraction,
                SecondsLeft = progress.SecondsLeft,
            };
            return callback(userData, &native) != 0;
        };
    }
}
