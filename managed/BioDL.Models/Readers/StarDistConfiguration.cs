using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>What StarDist writes into a bioimage.io description, under config.stardist.</summary>
internal static class StarDistConfiguration
{
    public static StarDistDraft? Of(YamlNode? node)
    {
        if (node is null)
            return null;
        int[] grid = [.. node.Get("config", "grid").Items().Select(item => item.Whole() ?? 0)];
        return new StarDistDraft
        {
            Dimensions = node.Get("config", "n_dim").Whole() ?? (grid.Length > 0 ? grid.Length : 2),
            Rays = node.Get("config", "n_rays").Whole(), Channels = node.Get("config", "n_channel_in").Whole(),
            Grid = grid.Length >= 2 ? new AxisPair(grid[^2], grid[^1]) : null,
            ProbThreshold = node.Get("thresholds", "prob").Number(), OverlapThreshold = node.Get("thresholds", "nms").Number(),
            Border = node.Get("border").Whole(),
        };
    }

    /// <summary>A step of postprocessing is what the author asks for last, so it counts before the configuration of the training.</summary>
    public static StarDistDraft? Joined(StarDistDraft? config, StarDistDraft? step) => config is null || step is null
        ? step ?? config : step with
        {
            Rays = step.Rays ?? config.Rays,
            Channels = config.Channels,
            Grid = step.Grid ?? config.Grid,
            Border = step.Border ?? config.Border,
            ProbThreshold = step.ProbThreshold ?? config.ProbThreshold,
            OverlapThreshold = step.OverlapThreshold ?? config.OverlapThreshold,
        };
}
