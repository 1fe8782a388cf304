namespace BioDL.Models.Files;

/// <summary>Which names of files are relative to a folder and stay in it, on every system.</summary>
internal static class SafeNames
{
    private const int MaximumLength = 512, MaximumDepth = 16;

    /// <summary>Why a name with / between folders is not one of a file in its folder; null when it is.</summary>
    public static string? Fault(string name)
    {
        string[] parts = name.Split('/');
        if (name.Length == 0)
            return "is empty";
        if (name.Length > MaximumLength || parts.Length > MaximumDepth)
            return $"is longer than {MaximumLength} characters or deeper than {MaximumDepth} folders";
        if (name.Any(char.IsControl))
            return "holds control characters";
        if (name.Contains('\\'))
            return "holds a backslash, which some systems take as a folder's end";
        if (name.Contains(':'))
            return "holds a colon, as drive letters and addresses do";
        if (name[0] == '/')
            return "is an absolute path";
        if (parts.Contains(".."))
            return "leaves its folder";
        return parts.Any(part => part is "" or ".") ? "has an empty part" : null;
    }

    public static bool AreSafe(string name) => Fault(name) is null;
}
