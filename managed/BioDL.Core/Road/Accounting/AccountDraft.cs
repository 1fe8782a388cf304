using System.Text.Json;

namespace BioDL.Core.Road.Accounting;

/// <summary>What sinks add to the account of a run: writers of members of its JSON.</summary>
/// <param name="task">"segment", "denoise", "stain" or "run"</param>
internal sealed class AccountDraft(string task)
{
    /// <summary>What the run was for; a sink that knows better says so.</summary>
    public string Task { get; set; } = task;

    /// <summary>Members of "options": a sink's own, as they took effect.</summary>
    public List<Action<Utf8JsonWriter>> Options { get; } = [];

    /// <summary>Elements of "outputs": the images that were written.</summary>
    public List<Action<Utf8JsonWriter>> Outputs { get; } = [];

    /// <summary>Members of "objects"; none: the run looked for no objects.</summary>
    public List<Action<Utf8JsonWriter>> Objects { get; } = [];
}
