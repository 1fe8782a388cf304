using BioDL.Core;

namespace BioDL.Models.Readers;

/// <summary>Errors about one description, worded alike.</summary>
/// <param name="Source">the package</param>
internal sealed record DescriptionErrors(string Source)
{
    /// <summary>The description contradicts itself, its network or its format.</summary>
    public BioDLException Invalid(string what, string hint = "Check the model's description, or download it again.") =>
        new(Status.ModelInvalid, $"{Source} {what}.", hint);

    /// <summary>The description may be right, but it asks for what is not known here.</summary>
    public BioDLException Unsupported(string what, string hint = "Choose another model, or another version of this one.") =>
        new(Status.ModelUnsupported, $"{Source} {what}, so it cannot be run.", hint);

    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/></exception>
    public int Limited(string what, long value, long least, long most)
    {
        if (value < least || value > most)
            throw Invalid($"has {value} {what}; from {least} to {most} can be");
        return (int)value;
    }
}
