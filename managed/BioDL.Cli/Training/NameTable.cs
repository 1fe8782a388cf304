using System.Globalization;
using BioDL.Core;

namespace BioDL.Cli.Training;

/// <summary>A table of words with a header, tabs or commas between them; the first column is the file name without its ending.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <param name="option">FILE or FILE:COLUMN; without a column, the usual one, else the second one</param>
    /// <param name="usual">name of a column</param>
    /// <exception cref="BioDLException">There is no such file or column.</exception>
    internal static NameTable Read(string option, string usual)
    {
        int colon = File.Exists(option) ? -1 : option.LastIndexOf(':');
        string path = colon < 0 ? option : option[..colon];
        List<string[]> rows = Rows(path);
        string[] header = rows[0];
        int named = Array.IndexOf(header, colon < 0 ? usual : option[(colon + 1)..]);
        if (colon >= 0 && named < 0 || header.Length < 2)
            throw new BioDLException(Status.InvalidArgument, $"{path} has the columns {string.Join(", ", header)}",
                "The first column is the file name; name another one behind a colon.");
        int column = named < 0 ? 1 : named;
        var table = new NameTable();
        foreach (string[] row in rows.Skip(1).Where(row => row.Length > column))
            table._values[row[0]] = row[column];
        return table;
    }

    /// <returns>null: the file is not in the table</returns>
    internal string? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>Lines that are not empty, cut.</summary>
    internal static List<string[]> Rows(string path)
    {
        try
        {
            List<string[]> rows =
            [
                .. File.ReadLines(path).Where(line => line.Trim().Length > 0)
                    .Select(line => line.Split(line.Contains('\t', StringComparison.Ordinal) ? '\t' : ',', StringSplitOptions.TrimEntries)),
            ];
            return rows.Count > 0 ? rows : throw new BioDLException(Status.InvalidArgument, $"{path} is empty",
                "Give a table with a header.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BioDLException(Status.NotFound, $"{path} cannot be read: {error.Message}", "Name a table of text.", error);
        }
    }
}

/// <summary>Classes of labels: a table with the columns image (file name without its ending), label and class, each class from 1.</summary>
internal sealed class ClassTable
{
    private readonly Dictionary<string, Dictionary<int, int>> _classes = new(StringComparer.Ordinal);

    /// <exception cref="BioDLException">There is no such file, or a line is no label with a class.</exception>
    internal static ClassTable Read(string path)
    {
        var table = new ClassTable();
        foreach (string[] row in NameTable.Rows(path).Skip(1))
        {
            if (row.Length < 3 || !Whole(row[1], out int label) || !Whole(row[2], out int number) || label < 1 || number < 1)
                throw new BioDLException(Status.InvalidArgument, $"{path}: \"{string.Join(' ', row)}\" is no label with a class",
                    "A line is: image, label from 1, class from 1; the first line is the header.");
            if (!table._classes.TryGetValue(row[0], out Dictionary<int, int>? labels))
                table._classes.Add(row[0], labels = []);
            labels[label] = number;
        }
        return table;
    }

    /// <summary>How many there are.</summary>
    internal int Count => _classes.Values.SelectMany(labels => labels.Values).DefaultIfEmpty().Max();

    internal IReadOnlyDictionary<int, int> Of(string image) => _classes.TryGetValue(image, out Dictionary<int, int>? labels) ? labels
        : new Dictionary<int, int>();

    private static bool Whole(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
