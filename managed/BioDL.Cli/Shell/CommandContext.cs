using System.Runtime.InteropServices;
using BioDL.Core;

namespace BioDL.Cli.Shell;

/// <summary>What a command talks to.</summary>
/// <param name="Output">results</param>
/// <param name="Error">messages and progress</param>
/// <param name="Cancel">Ctrl-C was pressed</param>
/// <param name="ShowProgress">a person watches <paramref name="Error"/></param>
internal sealed record CommandContext(TextWriter Output, TextWriter Error, CancellationToken Cancel, bool ShowProgress)
{
    /// <summary>Say what happened and, on a line of its own, what to do.</summary>
    internal void Complain(BioDLException error)
    {
        Error.WriteLine($"biodl: {error.Message}");
        if (error.Hint.Length > 0)
            Error.WriteLine($"       {error.Hint}");
    }
}

/// <summary>The command line itself is wrong; the message names the option.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The numbers a shell sees.</summary>
internal static class ExitCode
{
    internal const int Ok = 0;
    internal const int Failed = 1;
    internal const int Usage = 2;

    /// <summary>128 + SIGINT, as shells count.</summary>
    internal const int Cancelled = 130;
}

/// <summary>Turns Ctrl-C and the request to terminate into a cancel; a second Ctrl-C ends the program at once.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    internal Interrupt()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
    }

    internal CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        signal.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
