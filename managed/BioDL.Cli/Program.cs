using BioDL.Cli.Commands;
using BioDL.Cli.Shell;

namespace BioDL.Cli;

/// <summary>The command line <c>biodl</c>.</summary>
public static class Program
{
    /// <returns>0 ok, 1 something failed, 2 wrong usage, 130 cancelled</returns>
    public static int Main(string[] arguments)
    {
        using var interrupt = new Interrupt();
        return CommandLine.Run(arguments, new CommandContext(Console.Out, Console.Error, interrupt.Token, !Console.IsErrorRedirected));
    }
}
