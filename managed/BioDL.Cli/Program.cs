using System.CommandLine;

namespace BioDL.Cli;

/// <summary>The command line <c>biodl</c>.</summary>
public static class Program
{
    /// <returns>0 ok, 1 an image failed, 2 wrong usage, 130 cancelled</returns>
    public static int Main(string[] arguments)
    {
        var root = new RootCommand("Segment nuclei in TIFF images, and measure how well.");
        return root.Parse(arguments).Invoke();
    }
}
