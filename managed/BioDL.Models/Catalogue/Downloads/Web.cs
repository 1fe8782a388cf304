using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BioDL.Core;
using BioDL.Models.Cache;
using BioDL.Models.Runtime;

namespace BioDL.Models.Catalogue.Downloads;

/// <summary>The connection failed or broke; the same request may succeed later.</summary>
/// <param name="message">what happened, without the address</param>
/// <param name="after">how long the server wants to be left alone; null: it does not say</param>
/// <param name="hopeless">nothing will change within a minute: the machine has no network, or the name is not known</param>
internal sealed class TransientException(string message, TimeSpan? after = null, bool hopeless = false) : Exception(message)
{
    public TimeSpan? After { get; } = after;
    public bool Hopeless { get; } = hopeless;
}

/// <summary>Requests over HTTP, with the system's proxies, and redirects that are followed with care.</summary>
internal sealed class Web(CatalogueSettings settings, Meter meter) : IDisposable
{
    public const string Offline = "Built-in and installed models work without a connection. A proxy is taken from the system's settings, "
        + "or from HTTPS_PROXY and HTTP_PROXY.";

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = true, ConnectTimeout = settings.ConnectTimeout,
        // As the file is on the server: a range counts its bytes, and its hash is known.
        AutomaticDecompression = DecompressionMethods.None,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _client.Dispose();

    /// <summary>The answer's head, after redirects; its body is still to come.</summary>
    /// <param name="url">http or https</param>
    /// <param name="prepare">adds headers</param>
    /// <exception cref="TransientException">Try again.</exception>
    /// <exception cref="BioDLException"><see cref="Status.Io"/>, <see cref="Status.Cancelled"/></exception>
    public HttpResponseMessage Get(Uri url, Action<HttpRequestHeaders> prepare)
    {
        Uri asked = url;
        for (int hop = 0; hop <= settings.MaximumRedirects; hop++)
        {
            HttpResponseMessage response = Send(url, SameServer(url, asked) ? asked.UserInfo : "", prepare);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                return response;
            using (response)
                url = Next(url, response.Headers.Location, asked);
        }
        throw new BioDLException(Status.Io, $"{SafeUrl.Shown(asked)} was redirected more than {settings.MaximumRedirects} times.",
            "Check the address.");
    }

    private HttpResponseMessage Send(Uri url, string user, Action<HttpRequestHeaders> prepare)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.UserAgent.ParseAdd($"BioDLNative/{EngineVersion.Version}");
        if (user.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user))));
        prepare(request.Headers);
        try
        {
            return Waiting.For(cancel => _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel),
                settings.ConnectTimeout + settings.StallTimeout, meter);
        }
        catch (TimeoutException)
        {
            throw new TransientException("the server does not answer");
        }
        catch (OperationCanceledException)
        {
            throw new TransientException("the server cannot be reached in time");
        }
        catch (HttpRequestException error)
        {
            throw Worded(error, url);
        }
    }

    private static Exception Worded(HttpRequestException error, Uri url) => error.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError =>
            new TransientException($"{url.Host} is not known: there is no connection to the internet, or the address is wrong",
            hopeless: true),
        HttpRequestError.SecureConnectionError =>
            new BioDLException(Status.Io, $"There is no safe connection to {url.Host}: {(error.InnerException ?? error).Message}",
            "Check the clock of this machine and its certificates; a proxy that inspects connections needs its certificate installed.",
            error),
        HttpRequestError.ProxyTunnelError =>
            new BioDLException(Status.Io, $"The proxy does not let through to {url.Host}: {error.Message}",
            "Check the proxy's settings.", error),
        _ => new TransientException((error.InnerException ?? error).Message),
    };

    /// <summary>Where a redirect leads, if that is a good place.</summary>
    /// <exception cref="BioDLException"><see cref="Status.Io"/></exception>
    internal static Uri Next(Uri from, Uri? location, Uri asked)
    {
        string shown = SafeUrl.Shown(asked);
        if (location is null || !Uri.TryCreate(from, location, out Uri? to))
            throw new BioDLException(Status.Io, $"{shown} is redirected to nowhere.", "Check the address.");
        if (!SafeUrl.IsWeb(to))
            throw new BioDLException(Status.Io, $"{shown} is redirected to {to.Scheme}:, which is refused.", "Do not use this address.");
        if (from.Scheme == Uri.UriSchemeHttps && to.Scheme == Uri.UriSchemeHttp)
            throw new BioDLException(Status.Io,
                $"{shown} is redirected from https to http, which is refused: others could change what comes.", "Ask for another address.");
        return to;
    }

    private static bool SameServer(Uri one, Uri other) => one.Scheme == other.Scheme && one.Host == other.Host && one.Port == other.Port;
}
