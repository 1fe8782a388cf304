using BioDL.Core;
using BioDL.Core.Training;

namespace BioDL.Graphs.UNets;

/// <summary>Whether a description is a member of the family.</summary>
public static class UNetChecks
{
    private const int MostChannels = 4096;

    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: it is none; the message says which value is wrong and what it
    /// may be.</exception>
    public static void Check(UNet net)
    {
        Require(net.Dimensions is 2 or 3, "Dimensions", net.Dimensions, "2 or 3");
        Require(net.Channels is > 0 and <= MostChannels, "Channels", net.Channels, $"1 to {MostChannels}");
        Require(net.Depth is >= 0 and <= 5, "Depth", net.Depth, "0 to 5");
        Require(net.Filters is > 0 and <= MostChannels, "Filters", net.Filters, $"1 to {MostChannels}");
        Require(net.MostFilters >= net.Filters && net.MostFilters <= MostChannels, "MostFilters", net.MostFilters,
            $"at least Filters, {net.Filters}, and at most {MostChannels}");
        Require(net.Convolutions is > 0 and <= 8, "Convolutions", net.Convolutions, "1 to 8");
        Require(net.Kernel is 1 or 3 or 5 or 7, "Kernel", net.Kernel, "1, 3, 5 or 7");
        Require(Enum.IsDefined(net.Norm), "Norm", net.Norm, "None, Batch or Group");
        Require(net.Activation is Activation.Relu or Activation.LeakyRelu or Activation.Tanh, "Activation", net.Activation,
            "Relu, LeakyRelu or Tanh");
        Require(net.Grid.Count == net.Dimensions && net.Grid.All(step => step is 1 or 2 or 4 or 8), "Grid", string.Join(", ", net.Grid),
            $"{net.Dimensions} of 1, 2, 4 and 8");
        Require(net.Features is >= 0 and <= MostChannels, "Features", net.Features, $"0 to {MostChannels}");
        CheckHeads(net);
    }

    /// <summary>What an output may be called: letters, digits, _ and -.</summary>
    public static bool IsHeadName(string name) =>
        name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');

    private static void CheckHeads(UNet net)
    {
        Require(net.Heads.Count > 0, "Heads", "empty", "one or more");
        foreach (UNetHead head in net.Heads)
        {
            Require(IsHeadName(head.Name), "Heads.Name", $"\"{head.Name}\"", "letters, digits, _ and -");
            Require(head.Channels is > 0 and <= MostChannels, "Heads.Channels", head.Channels, $"1 to {MostChannels}");
            Require(head.Features is >= 0 and <= MostChannels, "Heads.Features", head.Features, $"0 to {MostChannels}");
            Require(Enum.IsDefined(head.Activation), "Heads.Activation", head.Activation, "one of the named ones");
        }
        Require(net.Heads.DistinctBy(head => head.Name).Count() == net.Heads.Count, "Heads",
            string.Join(", ", net.Heads.Select(h => h.Name)),
            "of different names");
        Require(!net.Residual || net.Grid.All(step => step == 1), "Residual", "true", "false where the grid is above 1");
        Require(!net.Residual || net.Heads[0].Channels >= net.Channels, "Heads[0].Channels", net.Heads[0].Channels,
            $"at least the input's {net.Channels} in a residual network");
    }

    private static void Require(bool holds, string name, object value, string range)
    {
        if (!holds)
        {
            throw new BioDLException(Status.InvalidArgument, $"The network cannot be made: its {name} is {value}.",
                $"{name} may be {range}.");
        }
    }
}
