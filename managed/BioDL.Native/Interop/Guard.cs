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
            BioDLException known = Fault.Of(e);
            Report(error, known);
            return (int)known.Status;
        }
    }

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
