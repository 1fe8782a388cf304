using BioDL.Core;
using BioDL.Core.Running;

namespace BioDL.Models.Training.Preparing;

/// <summary>How much of the images has been read, told to the host; the host may end it.</summary>
/// <param name="progress">null: nobody listens</param>
/// <param name="total">pixels</param>
internal sealed class ReadMeter(ProgressHandler? progress, long total)
{
    private long _done;

    /// <exception cref="BioDLException"><see cref="Status.Cancelled"/></exception>
    public void Read(long pixels)
    {
        _done += pixels;
        if (!Ask())
            throw new BioDLException(Status.Cancelled, "preparing the training was cancelled");
    }

    /// <summary>For loops inside other rooms: true when the host wants no more.</summary>
    public bool IsCancelled() => !Ask();

    private bool Ask() => progress is null
        || progress(new Progress(Stage.Prepare, Math.Min(_done, total), total, 0, 0, total == 0 ? 1 : Math.Min(1, (double)_done / total)));
}
