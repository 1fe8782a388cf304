using BioDL.Core.Runs;
using BioDL.Core.Steps;

namespace BioDL.Models.Readers;

/// <summary>An input or output as a description gives it.</summary>
internal sealed record TensorDraft
{
    /// <summary>id in format 0.5, name in 0.4.</summary>
    public required string Id { get; init; }

    /// <summary>Outermost first.</summary>
    public required IReadOnlyList<AxisDraft> Axes { get; init; }

    /// <summary>The network may have the same axes in another order: the description is of what the network was exported from.</summary>
    public bool AnyOrder { get; init; }

    /// <summary>Preprocessing of an input, postprocessing of an output.</summary>
    public IReadOnlyList<PixelOperation> Processing { get; init; } = [];

    /// <summary>NumPy's name.</summary>
    public string DataType { get; init; } = "float32";

    /// <summary>The values that it may have where they are few and named or counted; null: a range of numbers.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>The range of its values lies within 0 and 1.</summary>
    public bool IsUnitRange { get; init; }

    /// <summary>An input that the network also runs without.</summary>
    public bool Optional { get; init; }

    /// <summary>One letter an axis, such as "bcyx".</summary>
    public string Letters => string.Concat(Axes.Select(axis => axis.Letter));

    public AxisDraft? Axis(char letter) => Axes.FirstOrDefault(axis => axis.Letter == letter);
}

/// <summary>An axis as a description gives it. Its size is either in <see cref="Sizes"/> or in <see cref="Link"/>, or it is free.</summary>
internal sealed record AxisDraft
{
    /// <summary>b, c, z, y or x. Frames are a batch, so time is b.</summary>
    public required char Letter { get; init; }

    /// <summary>What links call it: id in format 0.5, the letter in 0.4.</summary>
    public required string Id { get; init; }

    /// <summary>A fixed size has the step 0.</summary>
    public AxisSizes? Sizes { get; init; }

    public AxisReference? Link { get; init; }

    /// <summary>Extent of one value along the axis, in the unit of what it is linked to.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Values at each side.</summary>
    public int Halo { get; init; }

    /// <summary>Of channels.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}

/// <summary>The size follows another axis: that axis' size * its scale / the own scale + <paramref name="Offset"/>, rounded down.</summary>
internal sealed record AxisReference(string Tensor, string Axis, int Offset);
