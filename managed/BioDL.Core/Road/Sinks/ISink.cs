using BioDL.Core.Road.Accounting;
using BioDL.Core.Road.Planning;
using BioDL.Core.Tiles;

namespace BioDL.Core.Road.Sinks;

/// <summary>
/// What becomes of a network's outputs: the end of the road, and all that a task adds to it. The road calls, in this order,
/// <code>
///   Open -> for each sample: Begin -> Restart -> for each tile: Wants, Take -> End -> ... -> Tell -> Dispose
/// </code>
/// and Restart with all tiles once more when a device failed, tiles became smaller, or <see cref="End"/> asked for the sample again. All
/// calls
/// come on the thread that made the run; a sink keeps its own times in <see cref="RunState.Times"/>.
/// </summary>
internal interface ISink : IDisposable
{
    /// <summary>The network's outputs that it reads, by number. Outputs that no sink reads need not be computed.</summary>
    IReadOnlyList<int> Outputs { get; }

    /// <summary>The plan is made, the network loaded; no pixel is read yet.</summary>
    void Open(RunContext run);

    /// <summary>
    /// A sample starts. False: there is nothing to see in it, so the network is skipped (when no other sink wants the sample).
    /// </summary>
    bool Begin(Sample sample);

    /// <summary>Forget what was taken of the sample: its tiles come anew.</summary>
    void Restart();

    /// <summary>Whether a tile can give the sink anything: tiles that no sink wants are not computed.</summary>
    bool Wants(Block block);

    /// <summary>
    /// Take what a tile owns. The values may be changed in place where no later sink reads that output: sinks that only look come first.
    /// </summary>
    void Take(TensorBlock values, Sample sample, Block block);

    /// <summary>All tiles of the sample were taken.</summary>
    /// <param name="sample">the sample</param>
    /// <param name="last">it is the run's last: what waits for the whole run is done now</param>
    /// <returns>false: the sample is needed once more, all of it</returns>
    bool End(Sample sample, bool last);

    /// <summary>Add its part to the account.</summary>
    void Tell(AccountDraft account);
}
