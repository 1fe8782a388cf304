using BioDL.Models.Files;

namespace BioDL.Models.Verification;

/// <summary>A tensor that a package brings for testing.</summary>
/// <param name="Id">what the description calls the tensor</param>
/// <param name="Axes">of the file, outermost first, by the letters b, t, c, z, y, x</param>
/// <param name="File">its name in the package; "" where the description names none</param>
/// <param name="Sha256">that the description gives; null: none</param>
internal sealed record TestTensor(string Id, string Axes, string File, string? Sha256);

/// <summary>A tolerance for some outputs and formats of weights; empty lists mean all.</summary>
internal sealed record ToleranceRule(Tolerance Tolerance, IReadOnlyList<string> Outputs, IReadOnlyList<string> Formats)
{
    public bool IsFor(string output, string format) =>
        (Outputs.Count == 0 || Outputs.Contains(output)) && (Formats.Count == 0 || Formats.Contains(format));
}

/// <summary>What a package brings to verify itself with.</summary>
internal sealed record TestSet
{
    public required IModelFiles Files { get; init; }

    /// <summary>In the order of the description.</summary>
    public required IReadOnlyList<TestTensor> Inputs { get; init; }
    public required IReadOnlyList<TestTensor> Outputs { get; init; }

    /// <summary>The first that fits counts; where none does, the format's own.</summary>
    public required IReadOnlyList<ToleranceRule> Tolerances { get; init; }

    /// <summary>The tensors are what the network itself takes and gives, without preprocessing and postprocessing.</summary>
    public bool IsBare { get; init; }

    /// <summary>The outputs are in the unit of the image: what was normalised is scaled back, as Python's Noise2Void predicts.</summary>
    public bool IsScaledBack { get; init; }

    public Tolerance ToleranceOf(string output, string format) =>
        Tolerances.FirstOrDefault(rule => rule.IsFor(output, format))?.Tolerance ?? new Tolerance();
}
