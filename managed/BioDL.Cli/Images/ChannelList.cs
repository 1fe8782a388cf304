using System.Globalization;
using BioDL.Cli.Shell;
using BioDL.Core;

namespace BioDL.Cli.Images;

/// <summary>What one <c>--channels</c> asks for: channels by number, from 1, or by name, for one input of the model or for all.</summary>
/// <param name="Tensor">the input's name; null: all inputs</param>
/// <param name="Items">in the order in which the model is to see them</param>
internal sealed record ChannelList(string? Tensor, IReadOnlyList<string> Items)
{
    /// <summary>"1,3", "DAPI,GFP" or "input=1,3".</summary>
    /// <exception cref="UsageException">An empty list or item, or a number below 1.</exception>
    internal static ChannelList Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string[] items = text[(equals + 1)..].Split(',', StringSplitOptions.TrimEntries);
        if (items.Any(item => item.Length == 0))
            throw new UsageException($"--channels takes numbers or names with commas between them, not '{text}'");
        if (items.FirstOrDefault(item => int.TryParse(item, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            && number < 1) is { } below)
            throw new UsageException($"--channels counts from 1, not '{below}'");
        return new ChannelList(equals < 0 ? null : text[..equals], items);
    }

    /// <summary>The channels of an image that an input of the model sees.</summary>
    /// <param name="lists">all that were given</param>
    /// <param name="tensor">the input's names</param>
    /// <param name="image">its path, for messages</param>
    /// <param name="names">of its channels, "" where it has none</param>
    /// <returns>from 0; empty: all</returns>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: there is no such channel.</exception>
    internal static IReadOnlyList<int> Of(IReadOnlyList<ChannelList> lists, IReadOnlyList<string> tensor, string image,
        IReadOnlyList<string> names)
    {
        ChannelList? list = lists.FirstOrDefault(one => one.Tensor is not null && tensor.Contains(one.Tensor))
            ?? lists.FirstOrDefault(one => one.Tensor is null);
        return list is null ? [] : [.. list.Items.Select(item => Index(item, image, names))];
    }

    private static int Index(string item, string image, IReadOnlyList<string> names)
    {
        if (int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= names.Count)
            return number - 1;
        int[] called =
        [
            .. Enumerable.Range(0, names.Count).Where(channel => string.Equals(names[channel], item, StringComparison.OrdinalIgnoreCase)),
        ];
        if (called.Length == 1)
            return called[0];
        if (called.Length > 1)
        {
            throw new BioDLException(Status.InvalidArgument,
                $"--channels {item}: the channels {string.Join(", ", called.Select(channel => channel + 1))} of {image} are called so",
                "Choose one by its number.");
        }
        string[] known = [.. names.Where(name => name.Length > 0)];
        throw new BioDLException(Status.InvalidArgument, $"--channels {item}: {image} has {names.Count} channel(s)"
            + (known.Length > 0 ? $" called {string.Join(", ", known)}" : ""),
            $"Choose from 1 to {names.Count}{(known.Length > 0 ? ", or a name" : "")}.");
    }
}
