using BioDL.Core.Road.Planning;
using BioDL.Core.Runs;

namespace BioDL.Core.Road.Accounting;

/// <summary>A run that is over, and what its account is made of: more than one where several results come from one run.</summary>
/// <param name="Job">what was run; its images are not read any more</param>
/// <param name="Listed">statistics that were used</param>
/// <param name="Plain">the account without its provenance</param>
/// <param name="Asked">the device asked for</param>
internal sealed record FinishedRun(RunJob Job, StatisticList Listed, Account Plain, string Asked)
{
    /// <summary>The account of what became of the run.</summary>
    /// <param name="tells">what each sink adds</param>
    public Account Account(IEnumerable<Action<AccountDraft>> tells)
    {
        var draft = new AccountDraft(Job.Network.Task);
        foreach (Action<AccountDraft> tell in tells)
            tell(draft);
        return Plain with { Provenance = new Provenance(Job, Listed, draft).ToJson(Plain, Asked) };
    }
}
