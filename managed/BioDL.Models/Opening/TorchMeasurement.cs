using System.Globalization;
using System.Text;
using BioDL.Core.Prediction;
using BioDL.Core.Running;
using BioDL.Torch;

namespace BioDL.Models.Opening;

/// <summary>A TorchScript network has no graph to tell how far its outputs see, so runs of it tell; once, for the answer is kept in the cache.</summary>
internal static class TorchMeasurement
{
    /// <summary>Raised whenever the measurement changes.</summary>
    private const int Probe = 1;

    /// <summary>Null where libtorch is missing (a run will say so), or where the network does not take noise of the described sizes.</summary>
    /// <param name="network">a TorchScript network</param>
    /// <param name="inputs">its inputs as described</param>
    /// <param name="source">its file, for messages</param>
    public static NetworkFacts? Of(LoadedNetwork network, IReadOnlyList<InputTensor> inputs, string source)
    {
        if (TorchLibrary.Unavailable is not null)
            return null;
        string shapes = string.Join(' ', inputs.Select(input => string.Create(CultureInfo.InvariantCulture, $"{input.Axes} {input.Channels} {input.Z} {input.Y} {input.X}")));
        string key = $"torchscript {EngineVersion.Version}.{Probe} {TorchLibrary.Version} {network.Sha256} {shapes}";
        byte[] Make() => Encoding.UTF8.GetBytes(Line(Measured(network, inputs, source)));
        try
        {
            return Facts(Encoding.UTF8.GetString(ModelCache.Imported(key, Make)));
        }
        catch (NetworkException)
        {
            return null;
        }
    }

    private static MeasuredNetwork Measured(LoadedNetwork network, IReadOnlyList<InputTensor> inputs, string source)
    {
        using TorchNetwork loaded = TorchNetwork.Load(network.Read(), source, inputs.Count, network.Outputs.Count);
        return TorchProbe.Measure(loaded, inputs);
    }

    /// <summary>Reach (-1: everything) and divisor along z, y and x, and bytes a pixel.</summary>
    private static string Line(MeasuredNetwork found)
    {
        var (reach, divisor) = (found.Reach ?? new Extent(-1, -1, -1), found.Divisor);
        return string.Create(CultureInfo.InvariantCulture, $"{reach.Z} {reach.Y} {reach.X} {divisor.Z} {divisor.Y} {divisor.X} {found.BytesPerPixel:r}");
    }

    private static NetworkFacts? Facts(string line)
    {
        double[] numbers = [.. line.Split(' ').Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        if (numbers.Length != 7 || numbers.Any(number => !(number is >= -1 and < 1e9)))
            return null;
        int[] whole = [.. numbers.Select(number => (int)number)];
        return new NetworkFacts
        {
            Reach = whole[0] < 0 ? null : new Extent(whole[0], whole[1], whole[2]),
            Divisor = new Extent(Math.Max(whole[3], 1), Math.Max(whole[4], 1), Math.Max(whole[5], 1)),
            BytesPerPixel = numbers[6],
            GlobalOperators = whole[0] < 0 ? ["TorchScript (measured: outputs see the whole image)"] : [],
        };
    }
}
