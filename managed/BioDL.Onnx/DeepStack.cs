namespace BioDL.Onnx;

/// <summary>
/// Work that may recurse deeper than the stack of a host's thread allows: Java's have 1 MB or less, some Python hosts' 256 KB. ONNX Runtime
/// recurses
/// over command lines when its environment is made, and over graphs when it optimises them.
/// </summary>
internal static class DeepStack
{
    /// <summary>Only what is used is taken.</summary>
    private const int Bytes = 64 << 20;

    /// <summary>Run on a thread of our own and wait; exceptions come back as they are.</summary>
    public static T Run<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>();
        new Thread(Work, Bytes) { IsBackground = true, Name = "BioDL ONNX Runtime" }.Start();
        return done.Task.GetAwaiter().GetResult();

        void Work()
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        }
    }
}
