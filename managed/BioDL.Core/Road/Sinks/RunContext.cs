using BioDL.Core.Road.Accounting;
using BioDL.Core.Road.Planning;
using BioDL.Core.Road.Statistics;

namespace BioDL.Core.Road.Sinks;

/// <summary>What a sink may ask of its run.</summary>
/// <param name="Job">everything checked and chosen</param>
/// <param name="State">where the run is, its times, warnings and counts</param>
/// <param name="Statistics">numbers taken from whole images</param>
/// <param name="Listed">receives what a sink takes itself, for the account</param>
/// <param name="GiveBackMemory">gives back what the network and the tiles took, before a sink takes memory of its own</param>
internal sealed record RunContext(RunJob Job, RunState State, InputStatistics Statistics, StatisticList Listed, Action GiveBackMemory);
