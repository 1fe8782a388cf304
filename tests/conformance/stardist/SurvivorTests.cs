using BioDL.Core.Objects.StarConvex;
using Xunit.Abstractions;

namespace BioDL.Conformance.StarDist;

/// <summary>Suppression against the answers of the reference implementation.</summary>
public class SurvivorTests(ITestOutputHelper output)
{
    [SkippableTheory]
    [InlineData("network-0")]
    [InlineData("network-1")]
    [InlineData("network-2")]
    [InlineData("network-3")]
    [InlineData("synthetic-500")]
    [InlineData("random-dense")]
    public void IntegerModeKeepsTheSameCandidates(string name)
    {
        StarDistCase official = StarDistCase.Open(name);
        for (int t = 0; t < official.Thresholds.Length; t++)
        {
            int[] survivors = Suppression.SurvivorsInOrder(official.Candidates, official.Order, official.Thresholds[t], VertexMode.Integer);
            int missing = official.Survivors[t].Except(survivors).Count(), extra = survivors.Except(official.Survivors[t]).Count();
            output.WriteLine($"{name} at {official.Thresholds[t]:F1}: {survivors.Length} survive, officially "
                + $"{official.Survivors[t].Length}; {missing} missing, {extra} extra");
            Assert.Equal((0, 0), (missing, extra));
        }
    }

    [SkippableTheory]
    [InlineData("network-0", 0)]
    [InlineData("network-1", 0)]
    [InlineData("network-2", 0)]
    [InlineData("network-3", 0)]
    [InlineData("synthetic-500", 0)]
    [InlineData("random-dense", 80)]
    public void ExactModeDiffersByFew(string name, int atMost)
    {
        StarDistCase official = StarDistCase.Open(name);
        for (int t = 0; t < official.Thresholds.Length; t++)
        {
            int[] survivors = Suppression.Survivors(official.Candidates, official.Thresholds[t], VertexMode.Exact);
            int missing = official.Survivors[t].Except(survivors).Count(), extra = survivors.Except(official.Survivors[t]).Count();
            output.WriteLine($"{name} at {official.Thresholds[t]:F1}: exactly {survivors.Length} survive, officially "
                + $"{official.Survivors[t].Length}; " +
                $"{missing} of the official ones fall, {extra} others survive");
            Assert.InRange(missing + extra, 0, atMost);
        }
    }
}
