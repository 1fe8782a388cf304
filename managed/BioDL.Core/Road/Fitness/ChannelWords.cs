using System.Globalization;
using BioDL.Core.Road.Planning;

namespace BioDL.Core.Road.Fitness;

/// <summary>Whether the names of an image's channels are known to a model. Names that only count or say nothing are not compared.</summary>
internal static class ChannelWords
{
    /// <summary>What is left of a name that tells no stain: "Channel 2", "ch1", "C=0", "fluorescence", "grey", "raw input".</summary>
    private static readonly HashSet<string> Empty =
    [
        "c", "ch", "chan", "channel", "channels", "fluorescence", "fluo", "gray", "grey", "grayscale", "greyscale", "raw", "input", "image",
        "intensity", "signal", "data", "in", "x", "red", "green", "blue", "r", "g", "b", "rgb", "name", "series", "untitled", "default",
        "unknown",
    ];

    /// <returns>what does not fit, in words; null where all does, or nothing can be said</returns>
    public static string? Misfit(RunJob job, string model)
    {
        if (job.Options.ChannelNames is not { } names)
            return null;
        InputMatch input = job.Match.Inputs[0];
        IReadOnlyList<string> words = job.Network.MadeFor?.Channels ?? [];
        bool named = input.Tensor.ChannelNames.Count == input.Tensor.Channels && !input.OneByOne;
        for (int c = 0; c < input.Chosen.Length && !input.IsGrey; c++)
        {
            string name = input.Chosen[c] < names.Count ? names[input.Chosen[c]] : "", expected = named ? input.Tensor.ChannelNames[c] : "";
            string[] known = [.. Words(expected).Length > 0 ? [expected] : (string[])[], .. words];
            if (known.Length == 0 || Words(name).Length == 0 || known.Any(word => Same(name, word)))
                continue;
            string which = string.Create(CultureInfo.InvariantCulture, $"Channel {input.Chosen[c] + 1} of the image is called \"{name}\"");
            return Words(expected).Length > 0
                ? $"{which}, and {model} sees it as \"{expected}\". If it shows something else, choose others, or another order."
                : $"{which}, and {model} was made for channels such as {string.Join(", ", words)}. If it shows something else, choose "
                    + "another channel.";
        }
        return null;
    }

    /// <summary>One name holds all words of the other.</summary>
    private static bool Same(string name, string other)
    {
        string[] a = Words(name), b = Words(other);
        return a.All(word => b.Any(known => Alike(word, known))) || b.All(word => a.Any(known => Alike(word, known)));
    }

    private static bool Alike(string word, string other) =>
        word == other || (other.Length > 3 && word.StartsWith(other, StringComparison.Ordinal))
        || (word.Length > 3 && other.StartsWith(word, StringComparison.Ordinal));

    /// <summary>In lower case, without numbers and what tells nothing.</summary>
    private static string[] Words(string name)
    {
        string letters = string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' '));
        return [.. letters.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !Empty.Contains(word.TrimEnd("0123456789".ToCharArray())) && !word.All(char.IsDigit))];
    }
}
