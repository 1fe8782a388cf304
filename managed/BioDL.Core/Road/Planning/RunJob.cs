using BioDL.Core.Images;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Core.Tensors;
using BioDL.Core.Tiles;

namespace BioDL.Core.Road.Planning;

/// <summary>A run with everything checked and chosen, before the first pixel is read.</summary>
internal sealed record RunJob
{
    public required RunNetwork Network { get; init; }
    public required RunOptions Options { get; init; }
    public required NetworkMatch Match { get; init; }

    /// <summary>What is computed of each plane: the region with its margin; null: all.</summary>
    public PlaneRegion? Region { get; init; }

    /// <summary>Z, y and x.</summary>
    public required (AxisLayout Z, AxisLayout Y, AxisLayout X) Axes { get; init; }
    public required BlockPlan Tiles { get; init; }
    public required OutputJob[] Outputs { get; init; }
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>For each output whether a sink reads it.</summary>
    public required IReadOnlyList<bool> Wanted { get; init; }

    /// <summary>Bytes of outputs that are kept whole, for statistics over them.</summary>
    public long KeptBytes => Outputs.Sum(output => output.KeptBytes);

    public long MemoryBytes => (long)Math.Min(Tiles.Bytes + KeptBytes, long.MaxValue / 2);

    /// <param name="network">what the network is</param>
    /// <param name="images">one for each input</param>
    /// <param name="options">see <see cref="RunOptions"/></param>
    /// <param name="wanted">for each output; null: all</param>
    /// <param name="written">for each output whether it becomes an image of its own; null: all that are wanted</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>, <see cref="Status.ModelInvalid"/>,
    /// <see cref="Status.ModelUnsupported"/></exception>
    public static RunJob Of(RunNetwork network, IReadOnlyList<ImageView> images, RunOptions options, IReadOnlyList<bool>? wanted = null,
        IReadOnlyList<bool>? written = null)
    {
        NetworkMatch match = NetworkMatch.Of(network, images, options);
        JobCheck.Options(network, match, options);
        var warnings = new List<string>();
        wanted ??= [.. network.Outputs.Select(_ => true)];
        ImageView shape = match.Shape;
        var layouts = new AxisLayouts(network, wanted, options.WholeImage, warnings.Add);
        AxisLayout z = layouts.Of('z', match.Volumes ? shape.Slices : 1, null);
        PlaneRegion? asked = options.Margin == int.MaxValue ? null : options.Region;
        // One more pixel to each side, since values between two centres are made of both.
        PlaneRegion? region = asked is { } part && match.Sampling is { } sampling
            ? sampling.ToSeen(part).Widened(options.Margin + 1, match.Height, match.Width)
            : asked?.Widened(options.Margin, match.Height, match.Width);
        AxisLayout y = layouts.Of('y', match.Height, region is { } rows ? (rows.Top, rows.Top + rows.Height) : null);
        AxisLayout x = layouts.Of('x', match.Width, region is { } columns ? (columns.Left, columns.Left + columns.Width) : null);
        OutputJob[] outputs = [.. network.Outputs.Select((output, i) => OutputJob.Of(network, match, options with { Region = asked }, i,
            (z.Outputs[i], y.Outputs[i], x.Outputs[i]), (wanted[i], written?[i] ?? wanted[i])))];
        long memory = Math.Max(1, (options.MemoryLimit ?? FreeMemory.ForTiles()) - outputs.Sum(output => output.KeptBytes));
        BlockPlan tiles = BlockPlanner.Plan(z.Choice, y.Choice, x.Choice, network.BytesPerPixel + ReorderedBytes(network),
            new TileBudget(memory, options.Tile));
        var job = new RunJob
        {
            Network = network, Options = options, Match = match, Region = region, Axes = (z, y, x), Tiles = tiles, Outputs = outputs,
            Warnings = warnings, Wanted = wanted,
        };
        TileCheck.Require(job, warnings.Add);
        JobCheck.Warn(job, warnings.Add);
        return job;
    }

    /// <summary>For dialogs, and for callers that have to provide memory.</summary>
    public RunPlan Plan() => new()
    {
        Outputs = [.. Outputs.Select(output => output.Planned)], Match = Match.Lines, Tiles = Tiles.Count * Match.SampleCount,
        Tile = TileSize(Tiles), Halo = new Extent(Tiles.Choices.Z.Rules.Halo, Tiles.Choices.Y.Rules.Halo, Tiles.Choices.X.Rules.Halo),
        Why = Tiles.Why + TileCheck.Time(this), MemoryBytes = MemoryBytes, Warnings = [.. Warnings],
    };

    /// <summary>What the network reads for a tile.</summary>
    public ReadWindow Window(Block block)
    {
        var (z, y, x) = (Axes.Z.ReadOwn(block.Z), Axes.Y.ReadOwn(block.Y), Axes.X.ReadOwn(block.X));
        return new(Axes.Z.ReadStart(block.Z), Axes.Y.ReadStart(block.Y), Axes.X.ReadStart(block.X),
            Axes.Z.ReadSize(block.Z), Axes.Y.ReadSize(block.Y), Axes.X.ReadSize(block.X))
        {
            Own = new ValueBox(z.Start, z.End, y.Start, y.End, x.Start, x.End),
        };
    }

    /// <summary>The size of an output's tensor for a tile.</summary>
    public TensorSize OutputSize(int output, Block block) => new(Network.Outputs[output].Channels, Axes.Z.OutputSize(output, block.Z),
        Axes.Y.OutputSize(output, block.Y), Axes.X.OutputSize(output, block.X));

    /// <summary>What of an output's tensor goes where.</summary>
    public (OutputSpan Z, OutputSpan Y, OutputSpan X) Spans(int output, Block block) =>
        (Axes.Z.Span(output, block.Z), Axes.Y.Span(output, block.Y), Axes.X.Span(output, block.X));

    /// <summary>The pixels of a plane that a tile owns; the last tiles may own a little more than there is.</summary>
    public PlaneRegion Own(Block block) => new(Axes.Y.Origin + block.Y.OwnStart, Axes.X.Origin + block.X.OwnStart,
        block.Y.OwnEnd - block.Y.OwnStart, block.X.OwnEnd - block.X.OwnStart);

    /// <summary>
    /// Whether the caller wants anything of a tile: it owns a non-zero pixel of the mask, or lies within the margin of one. A preview of
    /// what is visible lives on this.
    /// </summary>
    public unsafe bool Owns(Block block)
    {
        if (Options.Mask is not { } mask || Options.Margin == int.MaxValue)
            return true;
        PlaneRegion near = Own(block).Widened(Options.Margin, Match.Height, Match.Width);
        near = Match.Sampling?.ToImage(near) ?? near;
        using PlaneLock plane = mask.Lock(0);
        for (int y = near.Top; y < near.Top + near.Height; y++)
            for (int x = near.Left; x < near.Left + near.Width; x++)
                if (*plane.Pixel(y, x) != 0)
                    return true;
        return false;
    }

    /// <summary>Pixels that the network reads for a tile.</summary>
    public static Extent TileSize(BlockPlan tiles) =>
        new((int)tiles.Choices.Z.Read(tiles.Axes.Z), (int)tiles.Choices.Y.Read(tiles.Axes.Y), (int)tiles.Choices.X.Read(tiles.Axes.X));

    /// <summary>Tensors whose axes are in another order have a second copy, for each pixel of the input.</summary>
    private static double ReorderedBytes(RunNetwork network)
    {
        double inputs = network.Inputs.Where(input => !AxisOrder.IsOurs(input.Axes, input.Channels)).Sum(input => input.Channels);
        double outputs = network.Outputs.Where(output => !AxisOrder.IsOurs(output.Axes, output.Channels))
            .Sum(output => output.Channels * Math.Max(1, output.Z.Scale) * output.Y.Scale * output.X.Scale);
        return sizeof(float) * (inputs + outputs);
    }
}
