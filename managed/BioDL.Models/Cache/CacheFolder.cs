using System.Globalization;

namespace BioDL.Models.Cache;

/// <summary>
/// The folders of a cache:
/// <code>
/// objects/ab/SHA-256          a converted network, by its content
/// objects/ab/SHA-256/NAME/    an installed package, by the content of all its files
/// models/ID.json              what is installed, and which object it is
/// imported/SHA-256.json       which object a converted network is; the name is the hash of what it was made from
/// partial/SHA-256/            a download that goes on, or was broken off; the name is the hash of its address
/// staging/GUID/               a package being put together; dead when its lock is free
/// zoo/SHA-256.json            the collection's index as it was last seen
/// training/ID/                a training that goes on or was broken off: job, arrays, checkpoint
/// libtorch/VERSION/           what TorchScript models run on
/// results/                    which files are results that nobody has touched since
/// locks/                      files that are only ever locked, so that they cannot be stale
/// </code>
/// An object and the record that names it appear by one rename each, the object first, under the lock of the store.
/// </summary>
internal sealed class CacheFolder(string root)
{
    public string Root { get; } = System.IO.Path.GetFullPath(root);
    public string Objects => Sub("objects");
    public string Models => Sub("models");
    public string ImportedRecords => Sub("imported");
    public string Partial => Sub("partial");
    public string Staging => Sub("staging");
    public string Zoo => Sub("zoo");
    public string Training => Sub("training");
    public string Libtorch => Sub("libtorch");
    public string Results => Sub("results");
    public string Locks => Sub("locks");

    public string Object(string hash) => System.IO.Path.Combine(Objects, hash[..2], hash);

    /// <summary>$BIODL_CACHE, else the platform's folder for what can be brought again.</summary>
    public static string OfUser()
    {
        if (Environment.GetEnvironmentVariable("BIODL_CACHE") is { Length: > 0 } named)
            return named;
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        if (OperatingSystem.IsWindows())
            return System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify), "biodl");
        if (OperatingSystem.IsMacOS())
            return System.IO.Path.Combine(home, "Library", "Caches", "biodl");
        // The XDG specification: a relative path is to be ignored.
        string? caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return System.IO.Path.Combine(System.IO.Path.IsPathRooted(caches) ? caches : System.IO.Path.Combine(home, ".cache"), "biodl");
    }

    /// <summary>"500M", "20G" or plain bytes; null for anything else.</summary>
    public static long? ParseSize(string? text)
    {
        text = text?.Trim().ToUpperInvariant();
        if (string.IsNullOrEmpty(text))
            return null;
        text = text.TrimEnd('B').TrimEnd('I');
        int power = text.Length > 0 ? "KMGT".IndexOf(text[^1]) + 1 : 0;
        string digits = power > 0 ? text[..^1] : text;
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && value < 1e6 * (power > 0 ? 1 : 1e12)
            ? (long)(value * Math.Pow(1024, power)) : null;
    }

    private string Sub(string name) => System.IO.Path.Combine(Root, name);
}
