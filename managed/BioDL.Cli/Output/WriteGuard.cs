using BioDL.Cli.Shell;
using BioDL.Core;
using BioDL.Models.Outputs;

namespace BioDL.Cli.Output;

/// <summary>The guard of results, whose refusals are faults of the command line and name the option.</summary>
/// <param name="overwrite">files that are there and no inputs may be replaced</param>
internal sealed class WriteGuard(bool overwrite)
{
    private readonly OutputGuard _guard = new(overwrite);

    /// <summary>A file that is read; it need not exist. All inputs come before the first result.</summary>
    internal void Reads(string path) => _guard.Reads(path);

    /// <summary>A file that will be written.</summary>
    /// <param name="option">that asks for it, for messages</param>
    /// <param name="path">of it</param>
    /// <param name="from">what it is made from, for messages</param>
    /// <param name="now">false: by another program, or already</param>
    /// <exception cref="UsageException">It must not be written; the message names the option and the file.</exception>
    internal void Writes(string option, string path, string from, bool now = true)
    {
        try
        {
            if (now)
                _guard.Writes(path, from);
            else
                _guard.Keeps(path, from);
        }
        catch (BioDLException error)
        {
            throw new UsageException($"{option}: {error.Message}. {error.Hint}");
        }
    }
}
