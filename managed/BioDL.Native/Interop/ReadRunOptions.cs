using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Road;
using BioDL.Core.Runs;
using BioDL.Core.Steps;

namespace BioDL.Native.Interop;

/// <summary>What a caller of native/include/biodl/run.h gives, as the engine's records: 0 means the default.</summary>
internal static unsafe class ReadRunOptions
{
    private const long MostChannels = 1 << 20, MostTensors = 1024;

    public static RunOptions Of(RunOptionsStruct* source)
    {
        if (source == null)
            return new RunOptions();
        RunOptionsStruct options = CallerStruct.Read(source, "options");
        bool percentiles = options.PercentileLow != 0 || options.PercentileHigh != 0;
        return new RunOptions
        {
            Normalize = ReadStarOptions.Choice(options.Normalize, 1, "normalize", "BIODL_NORMALIZE_*") == 0,
            PercentileLow = percentiles ? options.PercentileLow : null,
            PercentileHigh = percentiles ? options.PercentileHigh : null,
            ScaleBack = ReadStarOptions.Choice(options.Scale, 1, "scale", "BIODL_SCALE_*") == 0,
            Tile = options.Tile == 0 ? null : options.Tile,
            Device = Text.Read(options.Device, "options.device") ?? "auto",
            MemoryLimit = options.MemoryLimit == 0 ? null : options.MemoryLimit,
            Channels = Channels(options),
            Region = Region(options),
        };
    }

    /// <summary>The caller's images; an entry may be NULL where <paramref name="optional"/> says so.</summary>
    public static ImageView?[] Views(ImageStruct** images, long count, string name, bool optional)
    {
        CallerStruct.NotNull(images, name);
        if (count is < 1 or > MostTensors)
            throw Bad($"there are {count} {name}", $"give 1 to {MostTensors} images");
        var views = new ImageView?[count];
        for (int i = 0; i < count; i++)
            views[i] = images[i] == null && optional ? null : Images.View(images[i], $"{name}[{i}]");
        return views;
    }

    private static int[][]? Channels(in RunOptionsStruct options)
    {
        if (options.Channels == null || options.ChannelsCount == 0)
            return null;
        if (options.ChannelsCount is < 0 or > MostTensors)
            throw Bad($"options.channels_count is {options.ChannelsCount}", "give one list of channels for each input");
        var lists = new int[options.ChannelsCount][];
        for (int i = 0; i < lists.Length; i++)
        {
            ChannelsStruct list = options.Channels[i];
            if (list.Count is < 0 or > MostChannels || (list.Index == null && list.Count > 0))
                throw Bad($"options.channels[{i}] has {list.Count} channels at {(list.Index == null ? "NULL" : "an address")}", "give the channels and their number");
            lists[i] = new ReadOnlySpan<int>(list.Index, (int)list.Count).ToArray();
        }
        return lists;
    }

    private static PlaneRegion? Region(RunOptionsStruct options)
    {
        long top = options.Region[0], left = options.Region[1], height = options.Region[2], width = options.Region[3];
        if (height == 0)
            return null;
        if (top < 0 || left < 0 || height < 0 || width < 1 || Math.Max(top + height, left + width) > int.MaxValue)
            throw Bad($"options.region is {top}, {left}, {height}, {width}", "give top, left, height and width in pixels");
        return new PlaneRegion((int)top, (int)left, (int)height, (int)width);
    }

    private static BioDLException Bad(string message, string hint) => new(Status.InvalidArgument, message, hint);
}
