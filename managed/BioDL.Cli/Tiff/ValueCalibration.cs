using BioDL.Core;
using BioDL.Core.Images;

namespace BioDL.Cli.Tiff;

/// <summary>
/// What the pixels of a file mean: ImageJ's function from pixels to values (Analyze &gt; Calibrate...), and signed integers, which ImageJ
/// holds as unsigned ones with a straight line. Straight lines are applied; other functions are refused, for nobody would see that a
/// network got other numbers than the user.
/// </summary>
/// <param name="Transform">from a pixel to its value</param>
/// <param name="Unit">of the values, such as "OD"; "" when the file does not say</param>
internal sealed record ValueCalibration(ValueTransform Transform, string Unit)
{
    internal static readonly ValueCalibration None = new(ValueTransform.Identity, "");

    private const int StraightLine = 0, LastFitted = 13, OpticalDensity = 21, LastPolynomial = 3;

    // ij.measure.Calibration, by its numbers.
    private static readonly string[] Names =
    [
        "straight line", "polynomial of degree 2", "polynomial of degree 3", "polynomial of degree 4", "exponential", "power", "log",
        "Rodbard", "gamma variate", "y = a+b*ln(x-c)", "Rodbard (NIH Image)", "exponential with offset", "Gaussian",
        "exponential recovery",
    ];

    /// <param name="layout">of the pages</param>
    /// <param name="imageJ">null when ImageJ did not write it</param>
    /// <param name="path">of the file, for the error</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: a function that is no straight line.</exception>
    internal static ValueCalibration Of(PixelLayout layout, ImageDescription? imageJ, string path)
    {
        ValueCalibration stored = layout.ValueOffset == 0 ? None
            : new ValueCalibration(new ValueTransform(1, layout.ValueOffset), "Gray Value");
        // As ImageJ: without a unit of values there is no function, and float pixels are their own values.
        if (imageJ is null || !imageJ.Has("vunit") || layout.Type == PixelType.Argb32)
            return stored;
        stored = stored with { Unit = imageJ.Text("vunit") };
        int function = (int)(imageJ.Optional("cf") ?? StraightLine);
        double[] coefficients =
        [
            .. Enumerable.Range(0, 5).Select(i => imageJ.Optional($"c{i}")).TakeWhile(value => value is not null)
                .Select(value => value!.Value),
        ];
        bool fitted = function is >= StraightLine and <= LastFitted && coefficients.Length >= 2;
        if (layout.Type is not (PixelType.UInt8 or PixelType.UInt16) || !(fitted || function == OpticalDensity))
            return stored;
        if (function > LastPolynomial || coefficients[1] == 0 || coefficients.Skip(2).Any(value => value != 0))
            throw Refused(path, function == OpticalDensity ? "uncalibrated optical density" : Names[function]);
        var line = new ValueTransform(coefficients[1], coefficients[0]);
        double largest = layout.Type == PixelType.UInt8 ? byte.MaxValue : ushort.MaxValue;
        if (imageJ.Text("zeroclip") == "true" && Math.Min(line.Offset, line.Offset + line.Scale * largest) < 0)
            throw Refused(path, "straight line with negative values made 0");
        return stored with { Transform = line };
    }

    /// <summary>ImageJ's lines of it.</summary>
    /// <param name="type">of the pixels; float pixels are their own values</param>
    internal IEnumerable<(string Key, string Value)> Lines(PixelType type)
    {
        if (type is PixelType.UInt8 or PixelType.UInt16 && !Transform.IsIdentity)
        {
            yield return ("cf", "0");
            yield return ("c0", Calibration.Text(Transform.Offset));
            yield return ("c1", Calibration.Text(Transform.Scale));
        }
        // ImageJ applies a function only where the values have a unit.
        if (Unit.Length > 0 || !Transform.IsIdentity)
            yield return ("vunit", Unit.Length > 0 ? Unit : "Gray Value");
    }

    private static BioDLException Refused(string path, string function) => new(Status.InvalidArgument,
        $"{path}: ImageJ shows its pixels through the calibration function '{function}', which is no straight line",
        "In ImageJ, convert it to values by Image > Type > 32-bit, or take the function away in Analyze > Calibrate (None), and save it.");
}
