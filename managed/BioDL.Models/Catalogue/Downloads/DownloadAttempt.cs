using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using BioDL.Core;
using BioDL.Models.Cache;

namespace BioDL.Models.Catalogue.Downloads;

/// <summary>
/// One request for a file, from the byte on that is not here yet (RFC 9110, 14). The server is asked to go on only if it still has the same
/// content (If-Range); where it cannot tell, only if the hash of the whole is known and will tell.
/// </summary>
internal sealed class DownloadAttempt(Web web, CatalogueSettings settings, Meter meter, Download download, PartFile part)
{
    private const int BufferSize = 1 << 17;

    /// <summary>Bytes that came with this request.</summary>
    public long Received { get; private set; }

    /// <summary>Some of the file was here before.</summary>
    public bool Resumed { get; private set; }

    /// <returns>the SHA-256 of the whole file, which is now in the part</returns>
    /// <exception cref="TransientException">Try again.</exception>
    /// <exception cref="BioDLException">As <see cref="Downloader.Fetch"/>.</exception>
    public string Run(Action<long, long> step)
    {
        long have = part.Length;
        if (have > 0 && part.Validator is null && download.Sha256 is null)
            have = 0;
        using HttpResponseMessage response = web.Get(download.Url, headers => Ask(headers, have));
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && have > 0)
            return Whole(have, response.Content.Headers.ContentRange?.Length);
        CheckStatus(response);
        if (response.StatusCode == HttpStatusCode.PartialContent)
            GoOn(response, have);
        else
            part.Begin(ValidatorOf(response), response.Content.Headers.ContentLength);
        long total = part.Total ?? 0;
        CheckSize(total);
        Disk.CheckRoom(Path.GetDirectoryName(part.Path)!, total - part.Length);
        return Receive(response, total, step);
    }

    private void Ask(HttpRequestHeaders headers, long have)
    {
        if (have == 0)
            return;
        headers.Range = new RangeHeaderValue(have, null);
        if (part.Validator is { } validator)
            headers.TryAddWithoutValidation("If-Range", validator);
    }

    /// <summary>Is the part the next piece of what we have?</summary>
    private void GoOn(HttpResponseMessage response, long have)
    {
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        bool same = ValidatorOf(response) is not { } validator || part.Validator is null || validator == part.Validator;
        if (have > 0 && same && range?.From == have && (range.Length is null || part.Total is null || range.Length == part.Total))
        {
            Resumed = true;
            return;
        }
        part.Discard();
        throw new TransientException("the server gives another part of the file than was asked for");
    }

    /// <summary>There is nothing beyond what we have: it is whole if it has the right length.</summary>
    private string Whole(long have, long? length)
    {
        if (length != have || (part.Total is { } total && total != have))
        {
            part.Discard();
            throw new TransientException("the file on the server is shorter than before");
        }
        Resumed = true;
        using FileStream file = File.OpenRead(part.Path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private string Receive(HttpResponseMessage response, long total, Action<long, long> step)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(part.Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1);
        byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
        for (int read; (read = file.Read(buffer)) > 0;)
            hash.AppendData(buffer, 0, read);
        long done = file.Position;
        try
        {
            using Stream body = Waiting.For(response.Content.ReadAsStreamAsync, settings.StallTimeout, meter);
            while (Next(body, buffer) is > 0 and { } count)
            {
                CheckSize(done + count);
                file.Write(buffer, 0, count);
                hash.AppendData(buffer, 0, count);
                done += count;
                Received += count;
                step(done, total);
            }
        }
        finally
        {
            file.Flush();
        }
        if (total > 0 && done < total)
            throw new TransientException($"the connection ended after {done} of {total} bytes");
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private int Next(Stream body, byte[] buffer)
    {
        try
        {
            return Waiting.For(cancel => body.ReadAsync(buffer, cancel).AsTask(), settings.StallTimeout, meter);
        }
        catch (TimeoutException)
        {
            throw new TransientException($"no byte came for {settings.StallTimeout.TotalSeconds:0.#} s");
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new TransientException(error is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }
                ? "the connection broke" : error.Message);
        }
    }

    private void CheckSize(long bytes)
    {
        if (bytes <= download.Limit)
            return;
        part.Discard();
        throw new BioDLException(Status.ModelInvalid,
            $"{download.Shown} has more than the {download.Limit} bytes that such a file may have.",
            "Check that this is the right address.");
    }

    private void CheckStatus(HttpResponseMessage response)
    {
        int code = (int)response.StatusCode;
        if (code is >= 200 and < 300)
            return;
        string said = $"the server says {code.ToString(CultureInfo.InvariantCulture)} {response.ReasonPhrase}";
        if (code is 408 or 425 or 429 or >= 500)
            throw new TransientException(said, After(response.Headers.RetryAfter));
        throw code switch
        {
            404 or 410 => new BioDLException(Status.NotFound, $"There is nothing at {download.Shown}: {said}.",
                "Check the address, or look for the model in the list of models online."),
            401 or 403 => new BioDLException(Status.Io, $"{download.Shown} may not be read: {said}.",
                "It needs a login, or an address with a user and password."),
            407 => new BioDLException(Status.Io, $"The proxy wants a login: {said}.",
                "Give the proxy's user and password in its address, in the system's settings or HTTPS_PROXY."),
            _ => new BioDLException(Status.Io, $"{download.Shown} could not be brought: {said}.", "Check the address."),
        };
    }

    private static TimeSpan? After(RetryConditionHeaderValue? after) =>
        after?.Delta ?? (after?.Date is { } date && date > DateTimeOffset.UtcNow ? date - DateTimeOffset.UtcNow : null);

    private static string? ValidatorOf(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? tag.Tag
        : response.Content.Headers.LastModified?.ToString("R", CultureInfo.InvariantCulture);
}
