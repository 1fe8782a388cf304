using BioDL.Graphs;
using BioDL.Graphs.Files;
using BioDL.Graphs.Walking;

namespace BioDL.Tests.Graphs;

/// <summary>
/// Compares what the graph says with what ONNX Runtime does. Impulses: all pixels of one line are changed, line after line, and every
/// output value
/// that changes must lie within the reach. Tiles: a tile computed by itself equals the whole image further than the reach from its cut
/// edges.
/// </summary>
internal sealed class ReachProbe : IDisposable
{
    private const int Levels = 6;
    private readonly GraphInput[] _inputs;
    private readonly OrtRun _run;
    private readonly byte[] _onnx;

    public ReachProbe(byte[] onnx, params GraphInput[] inputs)
    {
        (_onnx, _inputs) = (onnx, inputs);
        Graph = OnnxReader.Read(onnx, "test");
        Cost = GraphCost.Of(Graph, inputs);
        _run = new OrtRun(onnx);
    }

    public OnnxGraph Graph { get; }

    public GraphCost Cost { get; }

    public void Dispose() => _run.Dispose();

    /// <summary>Check all axes; the smallest reach that would do is returned for z, y, x, and the one computed beside it.</summary>
    public (double Measured, double Computed)[] Check(string name, int least = 24)
    {
        var found = new List<(double, double)>();
        foreach (char letter in "zyx".Where(_inputs[0].Axes.Contains))
        {
            int size = Size(letter, least);
            found.Add(Impulses(name, letter, size));
            if (Cost.GlobalOperators.Count == 0)
                Tiles(name, letter);
        }
        return [.. found];
    }

    private int Divisor(char letter) => letter == 'z' ? Cost.DivisorZ : letter == 'y' ? Cost.DivisorY : Cost.DivisorX;

    private int ReachOf(char letter) => letter == 'z' ? Cost.ReachZ : letter == 'y' ? Cost.ReachY : Cost.ReachX;

    private static GraphCost.Side Side(GraphCost.Layer layer, char letter) => letter == 'z' ? layer.Z : letter == 'y' ? layer.Y : layer.X;

    /// <summary>A size that fits the network and shows its reach on both sides.</summary>
    private int Size(char letter, int least)
    {
        int step = Divisor(letter), wanted = Math.Max(least, 2 * ReachOf(letter) + 2 * step);
        return (wanted + step - 1) / step * step;
    }

    private (string, Values)[] Images(char letter, int size) =>
        [.. _inputs.Select((input, i) => (input.Name, Image(input, letter, size, i)))];

    /// <summary>Other axes are as small as the network allows, so that the lines are many and the work little.</summary>
    private Values Image(GraphInput input, char letter, int size, int seed) => Values.Noise(seed + 1, [.. input.Axes.Select(axis =>
        axis == letter ? size : axis == 'c' ? input.Channels : axis == 'b'
        ? 1 : (8 + 2 * ReachOf(axis) + Divisor(axis) - 1) / Divisor(axis) * Divisor(axis))]);

    private (double Measured, double Computed) Impulses(string name, char letter, int size)
    {
        (string Name, Values Tensor)[] images = Images(letter, size);
        Values[] before = _run.Run(images);
        double worst = 0;
        var random = new Random(5);
        for (int input = 0; input < images.Length; input++)
        {
            Values image = images[input].Tensor;
            int dimension = _inputs[input].Axes.IndexOf(letter);
            for (int line = 0; line < size; line++)
            {
                float[] changed = [.. image.Data];
                for (int i = 0; i < changed.Length; i++)
                    changed[i] += image.IndexOf(i, dimension) == line ? (float)(1 + random.NextDouble()) * (random.Next(2) * 2 - 1) : 0;
                var again = ((string Name, Values Tensor)[])images.Clone();
                again[input] = (images[input].Name, image with { Data = changed });
                Values[] after = _run.Run(again);
                for (int output = 0; output < after.Length; output++)
                    worst = Math.Max(worst, Distance(name, output, letter, line, before[output], after[output]));
            }
        }
        return (worst, ReachOf(letter));
    }

    /// <summary>How far the furthest changed value is from the pixels that it stands for.</summary>
    private double Distance(string name, int output, char letter, int line, Values before, Values after)
    {
        GraphCost.Layer layer = Cost.Outputs[Graph.Outputs[output].Name];
        GraphCost.Side side = Side(layer, letter);
        Assert.False(side.Pitch == 0 || layer.Axes.Length == 0,
            $"{name}: the layout of {Graph.Outputs[output].Name} is not known ({string.Join(", ", Cost.GlobalOperators)})");
        int dimension = layer.Axes.IndexOf(letter);
        double start = -side.Offset / 2 * side.Pitch, worst = 0;
        for (int i = 0; i < after.Data.Length; i++)
        {
            if (Math.Abs(after.Data[i] - before.Data[i]) <= 1e-5 * Math.Max(1, Math.Abs(before.Data[i])))
                continue;
            double at = start + after.IndexOf(i, dimension) * side.Pitch, distance = Math.Max(at - line, line - (at + side.Pitch - 1));
            Assert.True(distance <= side.Reach + 1e-6,
                $"{name}: output {after.IndexOf(i, dimension)} along {letter} sees pixel {line}, {distance} away, but the reach is "
                + $"{side.Reach} (pitch {side.Pitch}, offset {side.Offset})");
            worst = Math.Max(worst, distance);
        }
        return worst;
    }

    /// <summary>The geometry of a run in tiles, as the predictor has it: a tile starts and ends on multiples of the divisor.</summary>
    private void Tiles(string name, char letter)
    {
        int step = Divisor(letter), reach = (ReachOf(letter) + step - 1) / step * step, length = 2 * reach + Levels * step,
        start = Math.Max(step, reach / 2 / step * step);
        (string Name, Values Tensor)[] images = Images(letter, start + length + Math.Max(step, reach));
        (string Name, Values Tensor)[] tiles =
            [.. images.Select((image, i) => (image.Name, image.Tensor.Crop(_inputs[i].Axes.IndexOf(letter), start, length)))];
        Values[] whole = _run.Run(images), tile = _run.Run(tiles);
        for (int output = 0; output < whole.Length; output++)
            Equal($"{name} along {letter}", output, letter, start, whole[output], tile[output], length);
    }

    private void Equal(string name, int output, char letter, int start, Values whole, Values tile, int length)
    {
        GraphCost.Layer layer = Cost.Outputs[Graph.Outputs[output].Name];
        GraphCost.Side side = Side(layer, letter);
        int dimension = layer.Axes.IndexOf(letter), size = tile.Shape[dimension], first = (int)Math.Round(start / side.Pitch), compared = 0;
        Assert.Equal(length / side.Pitch + side.Offset, size, 1e-6);
        float largest = whole.Data.Max(Math.Abs);
        Values same = whole.Crop(dimension, first, size);
        for (int i = 0; i < tile.Data.Length; i++)
        {
            double at = -side.Offset / 2 * side.Pitch + tile.IndexOf(i, dimension) * side.Pitch;
            if (at < ReachOf(letter) || at + side.Pitch - 1 > length - 1 - ReachOf(letter))
                continue;
            compared++;
            Assert.True(Math.Abs(tile.Data[i] - same.Data[i]) <= 2e-5 * Math.Max(1, largest),
                $"{name}: {tile.Data[i]} in a tile, {same.Data[i]} in the whole image, {at} pixels into the tile of {length}, reach "
                + $"{ReachOf(letter)}");
        }
        Assert.True(compared > 0, name);
    }
}
