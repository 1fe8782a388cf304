using System.Globalization;
using System.Text;

namespace BioDL.Models.Verification;

/// <summary>How a model fared against its own test tensors. The numbers are those of <c>BIODL_VERIFY_*</c>.</summary>
public enum VerifyOutcome
{
    Passed = 0,

    /// <summary>An output deviates by more than the tolerance.</summary>
    Failed = 1,

    /// <summary>The package has no test tensors.</summary>
    Impossible = 2,
}

/// <summary>
/// When two values count as the same: bioimage.io's rule, format 0.5. A value is a mismatch when |d| > Absolute + Relative * |reference|,
/// and so many
/// mismatches in a million are allowed.
/// </summary>
public sealed record Tolerance(double Absolute = 1e-3, double Relative = 1e-3, double PerMillion = 100);

/// <summary>One output against its test tensor.</summary>
public sealed record VerifiedOutput
{
    public required string Name { get; init; }

    /// <summary>Of the test tensor, in the order of its axes.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>How many were compared.</summary>
    public required long Values { get; init; }

    /// <summary>The largest |d|; infinite where one of two values is NaN or infinite and the other is not the same.</summary>
    public double LargestDeviation { get; init; }

    /// <summary>Where that is, an index an axis of <see cref="Shape"/>, from 0; empty where nothing was compared.</summary>
    public IReadOnlyList<long> LargestAt { get; init; } = [];
    public long Mismatches { get; init; }
    public required Tolerance Tolerance { get; init; }

    /// <summary>Why nothing was compared, such as another shape; "" when it was.</summary>
    public string Fault { get; init; } = "";

    public double MismatchesPerMillion => Values == 0 ? 0 : Mismatches * 1e6 / Values;

    public bool Passed => Fault.Length == 0 && MismatchesPerMillion <= Tolerance.PerMillion;
}

/// <summary>A model against its own test tensors.</summary>
public sealed record VerifyReport
{
    public required VerifyOutcome Outcome { get; init; }

    /// <summary>Of the model.</summary>
    public required string Name { get; init; }
    public required string Source { get; init; }

    /// <summary>Device that ran it, such as "cpu"; "" when nothing ran.</summary>
    public string Device { get; init; } = "";
    public string DeviceName { get; init; } = "";

    /// <summary>bioimage.io's name, such as "onnx".</summary>
    public required string WeightsFormat { get; init; }

    /// <summary>Of the run, loading of the network included.</summary>
    public double Milliseconds { get; init; }
    public IReadOnlyList<VerifiedOutput> Outputs { get; init; } = [];

    /// <summary>Test files whose SHA-256 the description gives, and which have it.</summary>
    public IReadOnlyList<string> CheckedFiles { get; init; } = [];
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why it could not be verified; "" when it was.</summary>
    public string WhyNot { get; init; } = "";

    /// <summary>The whole report for a person, several lines.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder();
            text.Append(Outcome switch
            {
                VerifyOutcome.Passed => $"{Name}: passed",
                VerifyOutcome.Failed => $"{Name}: FAILED",
                _ => $"{Name}: cannot be verified: {WhyNot}",
            });
            if (Device.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $" ({WeightsFormat} on {Device}: {DeviceName}, {Milliseconds:0} ms)");
            foreach (VerifiedOutput output in Outputs)
                text.Append("\n  ").Append(Line(output));
            if (CheckedFiles.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $"\n  SHA-256 as described: {string.Join(", ", CheckedFiles)}");
            foreach (string warning in Warnings)
                text.Append("\n  warning: ").Append(warning);
            return text.ToString();
        }
    }

    private static string Line(VerifiedOutput output)
    {
        Tolerance t = output.Tolerance;
        string start = $"{output.Name} ({Files.NpyArray.ShapeText(output.Shape)}): {(output.Passed ? "passed" : "FAILED")}, ";
        return start + (output.Fault.Length > 0 ? output.Fault : string.Create(CultureInfo.InvariantCulture,
            $"largest deviation {output.LargestDeviation:0.###e+0} at ({string.Join(", ", output.LargestAt)}), {output.Mismatches} of "
                + $"{output.Values} values "
            + $"beyond {t.Absolute:0.###e+0} + {t.Relative:0.###e+0} * |reference| ({output.MismatchesPerMillion:0.#} per million, "
                + $"{t.PerMillion:0.#} allowed)"));
    }
}
