using BioDL.Core;
using BioDL.Models.Opening;

namespace BioDL.Models.Catalogue.Downloads;

/// <summary>Addresses that users, descriptions and the collection give.</summary>
internal static class SafeUrl
{
    private static readonly string[] Secrets = ["token", "key", "sig", "secret", "password", "passwd", "credential", "auth"];

    /// <summary>http or https.</summary>
    public static bool IsWeb(string text) => Parse(text) is { } url && IsWeb(url);

    public static bool IsWeb(Uri url) => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps;

    /// <returns>null for what has no scheme, such as a path</returns>
    public static Uri? Parse(string text) =>
        text.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out Uri? url) ? url : null;

    /// <summary>
    /// For messages and records: without user, password, fragment, and without values of the query that look like secrets.
    /// </summary>
    public static string Shown(Uri url)
    {
        string query = string.Join('&', url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(ShownPart));
        string text = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return query.Length > 0 ? $"{text}?{query}" : text;
    }

    /// <summary>A path or URL of which it is not known which.</summary>
    public static string Shown(string text) => Parse(text) is { IsFile: false } url ? Shown(url) : text;

    /// <summary>
    /// The address of a file that a description names. The query stays, as it may hold the version; Zenodo's addresses end in "/content"
    /// after the name.
    /// </summary>
    /// <param name="description">where the description came from</param>
    /// <param name="name">relative to it, with / between folders; checked to stay in its folder</param>
    public static Uri Beside(Uri description, string name)
    {
        var address = new UriBuilder(description) { Fragment = "" };
        string path = address.Path;
        string tail = path.EndsWith("/content", StringComparison.Ordinal)
            && description.Host.EndsWith("zenodo.org", StringComparison.OrdinalIgnoreCase) ? "/content" : "";
        path = path[..^tail.Length];
        address.Path = path[..(path.LastIndexOf('/') + 1)] + string.Join('/', name.Split('/').Select(Uri.EscapeDataString)) + tail;
        return address.Uri;
    }

    /// <summary>The last telling part of the path, for a name.</summary>
    public static string Title(Uri url)
    {
        string[] parts = [.. url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)
            .Where(part => part.ToLowerInvariant() is not ("content" or "files" or "download" or "rdf.yaml" or "bioimageio.yaml"
                or "model.yaml" or "create-zip-file"))];
        return parts.Length > 0 ? LocalPackage.TitleOf(parts[^1]) : url.Host;
    }

    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/></exception>
    public static void Check(Uri url)
    {
        if (!IsWeb(url))
            throw new BioDLException(Status.InvalidArgument, $"Models cannot be brought from {url.Scheme}://.",
                "Give an address that begins with https:// or http://, a file or a folder.");
    }

    private static string ShownPart(string part)
    {
        string name = part.Split('=')[0];
        return Secrets.Any(secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase)) ? $"{name}=***" : part;
    }
}
