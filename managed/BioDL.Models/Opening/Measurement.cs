using System.Globalization;
using System.Text;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Engines;
using BioDL.Models.Cache;
using BioDL.Models.Runtime;

namespace BioDL.Models.Opening;

/// <summary>
/// A network without a graph does not tell how far its outputs see, so runs of it do; once, for the answer is kept in the cache.
/// </summary>
internal static class Measurement
{
    /// <summary>Raised whenever the measurement changes.</summary>
    private const int Probe = 3;

    /// <summary>
    /// Null where the engine is missing (a run will say so), or where the network does not take noise of the described sizes.
    /// </summary>
    /// <param name="network">a network without a graph</param>
    /// <param name="inputs">its inputs as described</param>
    /// <param name="outputs">its outputs as described: where an axis has one size only, the reach is never below their halo</param>
    /// <param name="source">its file, for messages</param>
    public static NetworkFacts? Of(LoadedNetwork network, IReadOnlyList<InputTensor> inputs, IReadOnlyList<OutputTensor> outputs,
        string source)
    {
        IEngine engine = network.Engine;
        if (engine.Unavailable is not null)
            return null;
        string shapes = string.Join(' ',
            inputs.Select(input => string.Create(CultureInfo.InvariantCulture,
            $"{input.Axes} {input.Channels} {input.Z} {input.Y} {input.X}")).Concat(outputs.Select(output =>
            string.Create(CultureInfo.InvariantCulture, $"{output.Axes} {output.Z} {output.Y} {output.X}"))));
        string key = $"{network.Format} {EngineVersion.Version}.{Probe} {engine.Version} {network.Sha256} {shapes}";
        byte[] Make() => Encoding.UTF8.GetBytes(engine.Measure(network.File(source), inputs, outputs) is { } found ? Line(found) : "");
        try
        {
            NetworkFacts? facts = Facts(Encoding.UTF8.GetString(ModelCache.Imported(key, Make)), network.Format);
            return facts?.Reach is { } reach ? facts with
            {
                Reach = new Extent(AtLeast(reach.Z, inputs, outputs, 'z'), AtLeast(reach.Y, inputs, outputs, 'y'),
                    AtLeast(reach.X, inputs, outputs, 'x')),
            } : facts;
        }
        catch (NetworkException)
        {
            return null;
        }
    }

    /// <summary>Inside the only size along an axis little can be seen, so the description's word counts as well.</summary>
    private static int AtLeast(int reach, IReadOnlyList<InputTensor> inputs, IReadOnlyList<OutputTensor> outputs, char axis)
    {
        if (inputs.All(input => input.Along(axis).Step > 0))
            return reach;
        return Math.Max(reach, outputs.Select(output => output.Along(axis) is { Scale: > 0 } link
            ? (int)Math.Ceiling(output.Halo.Along(axis) / link.Scale) : 0).DefaultIfEmpty(0).Max());
    }

    /// <summary>Reach (-1: everything) and divisor along z, y and x, and bytes a pixel.</summary>
    private static string Line(MeasuredNetwork found)
    {
        var (reach, divisor) = (found.Reach ?? new Extent(-1, -1, -1), found.Divisor);
        return string.Create(CultureInfo.InvariantCulture,
            $"{reach.Z} {reach.Y} {reach.X} {divisor.Z} {divisor.Y} {divisor.X} {found.BytesPerPixel:r}");
    }

    private static NetworkFacts? Facts(string line, string format)
    {
        double[] numbers = [.. line.Split(' ').Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture,
            out double number) ? number : double.NaN)];
        if (numbers.Length != 7 || numbers.Any(number => !(number is >= -1 and < 1e9)))
            return null;
        int[] whole = [.. numbers.Select(number => (int)number)];
        return new NetworkFacts
        {
            Reach = whole[0] < 0 ? null : new Extent(whole[0], whole[1], whole[2]),
            Divisor = new Extent(Math.Max(whole[3], 1), Math.Max(whole[4], 1), Math.Max(whole[5], 1)),
            BytesPerPixel = numbers[6],
            GlobalOperators = whole[0] < 0 ? [$"{format} (measured: outputs see the whole image)"] : [],
        };
    }
}
