using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using BioDL.Core;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>native/include/biodl/status.h</summary>
internal static unsafe class StatusExports
{
    [UnmanagedCallersOnly(EntryPoint = "biodl_status_name", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Name(int status)
    {
        try
        {
            return Text.Forever(Enum.IsDefined((Status)status) ? "BIODL_STATUS_" + UpperSnake(((Status)status).ToString()) : "unknown");
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>"InvalidHandle" as "INVALID_HANDLE".</summary>
    private static string UpperSnake(string pascal)
    {
        var text = new StringBuilder();
        foreach (char letter in pascal)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToUpperInvariant(letter));
        }

        return text.ToString();
    }
}
