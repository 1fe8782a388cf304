using System.Globalization;
using BioDL.Core.Running;

namespace BioDL.Cli.Shell;

/// <summary>One line on stderr that follows an image through its stages. Silent when no person watches.</summary>
internal sealed class ProgressLine(CommandContext context, string image)
{
    private const int RefreshMilliseconds = 100;
    private long _last;
    private int _shown;

    /// <returns>false when the run is to be cancelled</returns>
    internal bool Report(in Progress progress)
    {
        long now = Environment.TickCount64;
        if (context.ShowProgress && now - _last >= RefreshMilliseconds)
        {
            _last = now;
            string text =
                string.Create(CultureInfo.InvariantCulture,
                    $"{Path.GetFileName(image)}: {progress.Stage} {progress.Fraction:0%}{Left(progress.SecondsLeft)}");
            context.Error.Write("\r" + text.PadRight(_shown));
            _shown = text.Length;
        }
        return !context.Cancel.IsCancellationRequested;
    }

    private static string Left(double seconds) => seconds < 1 ? ""
        : seconds < 100 ? string.Create(CultureInfo.InvariantCulture, $", {seconds:0} s left")
            : string.Create(CultureInfo.InvariantCulture, $", {seconds / 60:0} min left");

    /// <summary>Leave the line empty for what is written next.</summary>
    internal void Clear()
    {
        if (_shown > 0)
            context.Error.Write("\r" + new string(' ', _shown) + "\r");
        _shown = 0;
    }
}
