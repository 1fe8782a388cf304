using System.Globalization;
using System.Net;
using System.Text;
using BioDL.Core.Training;

namespace BioDL.Models.Writing;

/// <summary>The losses of a training against its steps, as an SVG element that needs nothing else.</summary>
internal sealed class LossPlot
{
    private const int Width = 720, Height = 300, Left = 70, Right = 14, Top = 12, Bottom = 44;

    /// <summary>From here on small losses would lie on one line.</summary>
    private const double WideRange = 20;
    private const int MostTicks = 6;
    private static readonly double[] Rounded = [1, 2, 5, 10];

    private readonly (double Step, double Value)[] _training;
    private readonly (double Step, double Value)[] _validation;
    private readonly double _low, _high, _last;
    private readonly bool _log;

    private LossPlot(IReadOnlyList<TrainingProgress> curve)
    {
        _training = Points(curve, line => line.Loss);
        _validation = Points(curve, line => line.ValidationLoss);
        double[] values = [.. _training.Concat(_validation).Select(point => point.Value)];
        _log = values.Min() > 0 && values.Max() / values.Min() > WideRange;
        (_low, _high) = (Scaled(values.Min()), Scaled(values.Max()));
        if (_high - _low < 1e-12)
            (_low, _high) = (_low - 0.5, _high + 0.5);
        _last = Math.Max(1, _training.Concat(_validation).Max(point => point.Step));
    }

    /// <returns>"": there is no loss to show</returns>
    public static string Of(IReadOnlyList<TrainingProgress> curve) =>
        Points(curve, line => line.Loss).Length + Points(curve, line => line.ValidationLoss).Length > 0 ? new LossPlot(curve).Svg() : "";

    private static (double, double)[] Points(IReadOnlyList<TrainingProgress> curve, Func<TrainingProgress, double?> value) =>
        [.. from line in curve
            let number = value(line)
            where number is { } known && double.IsFinite(known)
            select ((double)line.Step, number.Value)];

    private double Scaled(double value) => _log ? Math.Log10(value) : value;

    private double X(double step) => Left + (Width - Left - Right) * step / _last;

    private double Y(double value) => Top + (Height - Top - Bottom) * (1 - (Scaled(value) - _low) / (_high - _low));

    private string Svg()
    {
        var svg = new StringBuilder(FormattableString.Invariant(
            $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\"><title>Loss of training and validation against steps</title>\n"));
        foreach (double value in _log ? Decades() : Even(_low, _high))
        {
            svg.Append($"<path class=\"grid\" d=\"M{Left} {Text(Y(value))}H{Width - Right}\"/>")
                .Append($"<text x=\"{Left - 6}\" y=\"{Text(Y(value))}\" dy=\".35em\" text-anchor=\"end\">{Number(value)}</text>\n");
        }
        foreach (double step in Even(0, _last).Where(step => step == Math.Round(step)))
        {
            svg.Append($"<text x=\"{Text(X(step))}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">")
                .Append($"{Number(step)}</text>\n");
        }
        svg.Append($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">steps</text>\n");
        Line(svg, "training", _training);
        Line(svg, "validation", _validation);
        if (_validation.Length > 0)
        {
            (double step, double value) = _validation.MinBy(point => point.Value);
            svg.Append($"<circle class=\"validation\" cx=\"{Text(X(step))}\" cy=\"{Text(Y(value))}\" r=\"4\"><title>"
                + $"best: {Number(value)} at step {Number(step)}</title></circle>\n");
        }
        return svg.Append("</svg>").ToString();
    }

    /// <summary>Round numbers within a range, evenly spaced.</summary>
    private static IEnumerable<double> Even(double low, double high)
    {
        double least = (high - low) / MostTicks, decade = Math.Pow(10, Math.Floor(Math.Log10(least)));
        double space = Rounded.Select(digit => digit * decade).First(one => one >= least * (1 - 1e-9));
        for (double at = Math.Ceiling(low / space - 1e-9); at * space <= high + 1e-9 * space; at++)
            yield return at * space;
    }

    /// <summary>1, 2 and 5 of every decade within the range, or 1 alone where it has many.</summary>
    private IEnumerable<double> Decades()
    {
        double[] digits = _high - _low > MostTicks / 2 ? [1] : [1, 2, 5];
        return Enumerable.Range((int)Math.Floor(_low), (int)(_high - _low) + 2)
            .SelectMany(power => digits.Select(digit => digit * Math.Pow(10, power)))
            .Where(value => Scaled(value) >= _low - 1e-9 && Scaled(value) <= _high + 1e-9);
    }

    private void Line(StringBuilder svg, string kind, (double Step, double Value)[] points)
    {
        if (points.Length == 0)
            return;
        svg.Append($"<path class=\"{kind}\" d=\"M")
            .AppendJoin('L', points.Select(point => $"{Text(X(point.Step))} {Text(Y(point.Value))}"))
            .Append($"\"><title>{WebUtility.HtmlEncode(kind)}</title></path>\n");
    }

    private static string Text(double pixels) => pixels.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
