namespace BioDL.Torch.Archive;

/// <summary>What the checker of pickles knows of a value.</summary>
/// <param name="kind">which</param>
/// <param name="depth">values nested inside it</param>
internal sealed class PickleValue(PickleKind kind, int depth = 0)
{
    public PickleKind Kind { get; } = kind;
    public int Depth { get; set; } = depth;

    /// <summary>Of a whole number; of a storage, its values.</summary>
    public long Number { get; init; }

    /// <summary>Of a text; of a global, or an object of that class, "module name".</summary>
    public string Text { get; init; } = "";

    /// <summary>Of a tuple.</summary>
    public IReadOnlyList<PickleValue> Items { get; init; } = [];

    /// <summary>It is part of another value, so that nothing may be put into it any more: nesting could not be bounded otherwise.</summary>
    public bool IsInside { get; set; }
}

internal enum PickleKind
{
    Other,
    Whole,
    Text,
    Tuple,
    Global,
    Storage,

    /// <summary>A list, dictionary or object, which may be filled.</summary>
    Container,
    Mark,
}
