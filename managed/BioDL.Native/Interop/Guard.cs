using BioDL.Core;

namespace BioDL.Native.Interop;

/// <summary>
/// Stands between every export and the caller: nothing managed ever escapes. An exception becomes a status and, where the caller asked for
/// it, an error in the caller's own memory.
/// </summary>
internal static unsafe class Guard
{
    public static int Call(ErrorStruct* error, Action body)
    {
        try
        {
            body();
            return (int)Status.Ok;
        }
        catch (Exception e)
        {
            BioDLException known = Translate(e);
            Report(error, known);
            return (int)known.Status;
        }
    }

    private static BioDLException Translate(Exception e) => e switch
    {
        BioDLException known => known,
        OperationCanceledException => new BioDLException(Status.Cancelled, "cancelled", "nothing was changed", e),
        OutOfMemoryException => new BioDLException(
            Status.OutOfMemory, "not enough memory", "close other images or choose a smaller tile", e),
        OverflowException => new BioDLException(Status.InvalidArgument, $"a size overflows: {e.Message}", "check sizes and strides", e),
        UnauthorizedAccessException or IOException => new BioDLException(Status.Io, e.Message, "check the path and its permissions", e),
        _ => new BioDLException(
            Status.Internal, $"{e.GetType().Name}: {e.Message}", "this is a defect of BioDLNative; please report it with this text", e),
    };

    /// <summary>An error too small to hold anything is left alone: the status still tells.</summary>
    private static void Report(ErrorStruct* error, BioDLException e)
    {
        if (error == null || error->StructSize < ErrorStruct.FirstSize)
            return;
        error->Code = (int)e.Status;
        Text.Copy(e.Message, error->Message, ErrorStruct.MessageSize);
        Text.Copy(e.Hint, error->Hint, ErrorStruct.HintSize);
    }
}
