using BioDL.Cli.Shell;
using BioDL.Core;
using BioDL.Core.Running;

namespace BioDL.Cli.Images;

/// <summary>What is said of the images of a batch, and which of them failed. Several threads may speak.</summary>
internal sealed class BatchReport(CommandContext context, bool json)
{
    private readonly List<string> _failed = [];
    private readonly Lock _gate = new();
    private ProgressLine? _progress;

    internal int Failed => _failed.Count;

    /// <summary>A line that follows an image through its run, until it is quiet.</summary>
    internal ProgressHandler Follow(string image)
    {
        var line = new ProgressLine(context, image);
        Alone(() => _progress = line);
        return (in Progress progress) =>
        {
            lock (_gate)
            {
                return line.Report(progress);
            }
        };
    }

    internal void Quiet() => Alone(() => _progress = null);

    internal void Say(string report) => Alone(() => context.Output.WriteLine(report));

    internal void Fail(string name, BioDLException error) => Alone(() =>
    {
        _failed.Add(error.Message);
        context.Complain(error);
        if (!json)
            return;
        context.Output.WriteLine(JsonText.Of(writer =>
        {
            writer.WriteString("image", name);
            writer.WriteString("error", error.Message);
            writer.WriteString("hint", error.Hint);
        }));
    });

    /// <summary>What failed in a long series is said once more where one looks for it.</summary>
    /// <returns>the exit code</returns>
    internal int End(int jobs)
    {
        if (_failed.Count > 0 && jobs > 1)
        {
            context.Error.WriteLine($"biodl: {_failed.Count} of {jobs} images failed:");
            _failed.ForEach(failure => context.Error.WriteLine($"       {failure}"));
        }
        return _failed.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private void Alone(Action speak)
    {
        lock (_gate)
        {
            _progress?.Clear();
            speak();
        }
    }
}
