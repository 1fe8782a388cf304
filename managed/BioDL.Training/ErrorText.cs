namespace BioDL.Training;

/// <summary>Errors of libtorch in one line.</summary>
internal static class ErrorText
{
    /// <summary>
    /// What a person can use of it: a traceback of the script ends in a line with the reason, and C++ adds the frames of its stack, which
    /// say nothing to anybody.
    /// </summary>
    public static string Reason(string text)
    {
        int frames = text.IndexOf("Exception raised from ", StringComparison.Ordinal);
        string[] lines = [.. (frames < 0 ? text : text[..frames]).Split('\n').Select(line => line.Trim()).Where(IsText)];
        string? reason = lines.FirstOrDefault(line => line.Contains("Error: ", StringComparison.Ordinal));
        return (reason ?? lines.FirstOrDefault() ?? "no reason was given").TrimEnd('.');
    }

    /// <summary>There was not enough memory, in .NET or in libtorch.</summary>
    public static bool IsMemory(Exception error) => error is OutOfMemoryException || IsMemory(error.Message);

    /// <summary>It speaks of memory that there is not.</summary>
    public static bool IsMemory(string text) =>
        new[] { "can't allocate memory", "not enough memory", "out of memory", "bad_alloc" }.Any(text.Contains);

    private static bool IsText(string line) => line.Length > 0 && !line.StartsWith("frame #", StringComparison.Ordinal);
}
