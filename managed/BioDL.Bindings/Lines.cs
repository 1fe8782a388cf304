using System.Text;

namespace BioDL.Bindings;

/// <summary>Lists broken into lines, the same in every language.</summary>
internal static class Lines
{
    private const int Width = 132;

    /// <param name="head">what the first line begins with</param>
    /// <param name="items">separated by commas</param>
    /// <param name="tail">what follows the last item</param>
    /// <param name="indent">of the lines after the first</param>
    public static IEnumerable<string> Of(string head, IReadOnlyList<string> items, string tail, string indent = "    ")
    {
        var line = new StringBuilder(head);
        bool fresh = true;
        for (int i = 0; i < items.Count; i++)
        {
            string item = items[i] + (i + 1 < items.Count ? "," : tail);
            if (!fresh && line.Length + 1 + item.Length > Width)
            {
                yield return line.ToString();
                line.Clear().Append(indent);
                fresh = true;
            }

            line.Append(fresh ? "" : " ").Append(item);
            fresh = false;
        }

        yield return items.Count == 0 ? head + tail : line.ToString();
    }
}
