using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using BioDL.Core.Steps;

namespace BioDL.Models.Readers;

/// <summary>
/// The macros that deepImageJ offers (github.com/deepimagej/imagej-macros) and that are nothing but a normalisation. One is known by the
/// hash of its text without comments, blanks and the numbers that users set, so that a macro that does anything more is never taken for
/// one. Limits: percentiles are exact here, and bins of a histogram there; ImageJ's standard deviation divides by n - 1. A macro works on
/// the slice that is shown, so for tensors with channels or slices it has no one meaning and stays unknown.
/// </summary>
internal static partial class KnownMacro
{
    private const double HistogramEpsilon = 1e-20;

    private sealed record Kind(bool OverSlices, Func<Dictionary<string, double[]>, PixelOperation[]?> Made);

    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        ["0bbfb5405e334a3e"] = new(true, set => Range(set["min_percentile"][0], set["max_percentile"][0], 100)),
        ["ca2a1cc7248cf3a2"] = new(false, set => Range(set["target"][0], set["target"][1], 100)),
        ["0169655483871bd1"] = new(false, _ => [new ZeroMeanUnitVariance(StatisticAxes.Plane, 0)]),
        ["1339643f68764c6a"] = new(false, Fixed),
        ["e5050f715ccd3a2c"] = new(false, set =>
            [new ScaleRange(0, 100, StatisticAxes.Plane, HistogramEpsilon), .. Fixed(set) ?? []]),
        ["2b7b85b694c52577"] = new(false, set => [new ScaleLinear([set["gain"][0]], [set["offset"][0]])]),
    };

    /// <returns>null: the macro is not known, or not over this tensor</returns>
    public static IReadOnlyList<PixelOperation>? Steps(string macro, TensorDraft tensor)
    {
        var set = new Dictionary<string, double[]>();
        string text = Comments().Replace(macro.ReplaceLineEndings("\n"), "");
        text = Assignments().Replace(text, match =>
        {
            string name = match.Groups[1].Value;
            double value = double.Parse(match.Groups[2].Value, NumberStyles.Float, CultureInfo.InvariantCulture);
            set[name] = [.. set.GetValueOrDefault(name, []), value];
            return name + "=#";
        });
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(Blanks().Replace(text, "")));
        if (!Kinds.TryGetValue(Convert.ToHexStringLower(hash)[..16], out Kind? kind))
            return null;
        bool isOnePlane = tensor.Axis('c') is null or { Sizes: { Min: 1, Step: 0 } };
        isOnePlane &= kind.OverSlices || tensor.Axis('z') is null;
        return isOnePlane ? kind.Made(set) : null;
    }

    private static PixelOperation[]? Range(double low, double high, double whole) => low >= 0 && low < high && high <= 1
        ? [new ScaleRange(low * whole, high * whole, StatisticAxes.Slices, HistogramEpsilon)] : null;

    private static PixelOperation[]? Fixed(Dictionary<string, double[]> set) => set["paramStd"][0] > 0
        ? [new FixedZeroMeanUnitVariance(set["paramMean"], set["paramStd"], 0)] : null;

    [GeneratedRegex(@"/\*.*?\*/|//[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^[ \t]*(min_percentile|max_percentile|paramMean|paramStd|gain|offset|nBins|target)[ \t]*="
        + @"[ \t]*([-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)[ \t]*;?[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Assignments();

    [GeneratedRegex(@"[\s;]+")]
    private static partial Regex Blanks();
}
