using BioDL.Core;
using BioDL.Models.Cache;

namespace BioDL.Models.Catalogue.Downloads;

/// <summary>A file to bring.</summary>
/// <param name="Url">http or https</param>
/// <param name="Path">where it appears when it is whole</param>
/// <param name="Limit">bytes that it may have</param>
/// <param name="Sha256">that it must have; null: any</param>
internal sealed record Download(Uri Url, string Path, long Limit, string? Sha256 = null)
{
    public string Shown => SafeUrl.Shown(Url);
}

/// <summary>
/// Brings files: goes on where an earlier try ended, tries again after a while, and lets nothing appear that is not whole and right.
/// </summary>
internal sealed class Downloader(CatalogueSettings settings, Meter meter) : IDisposable
{
    /// <summary>So that a server that gives a byte with each try is not asked for ever.</summary>
    private const int MaximumTries = 64;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly Web _web = new(settings, meter);

    public void Dispose() => _web.Dispose();

    /// <summary>Bring a file.</summary>
    /// <param name="download">which</param>
    /// <param name="step">called with the bytes that are there, and with all that there will be (0: not known)</param>
    /// <returns>its SHA-256</returns>
    /// <exception cref="BioDLException">
    /// <see cref="Status.NotFound"/>, <see cref="Status.Io"/>, <see cref="Status.Cancelled"/>; <see cref="Status.ModelInvalid"/>: another
    /// hash, or too large
    /// </exception>
    public string Fetch(Download download, Action<long, long> step)
    {
        var part = new PartFile(download.Path);
        bool fresh = false;
        for (int tries = 1, failures = 0; ; tries++)
        {
            var attempt = new DownloadAttempt(_web, settings, meter, download, part);
            try
            {
                string hash = attempt.Run(step);
                if (download.Sha256 is null || download.Sha256 == hash)
                {
                    part.Complete();
                    return hash;
                }
                part.Discard();
                // What was there before may have been damaged here, or belong to what the server had then: once more, from the start.
                if (!attempt.Resumed || fresh)
                    throw Different(download, hash);
                fresh = true;
            }
            catch (TransientException error)
            {
                failures = attempt.Received > 0 ? 1 : failures + 1;
                if (failures >= settings.Attempts || tries >= MaximumTries || error.Hopeless)
                    throw Failed(download, error, part, tries);
                double pause = settings.Backoff.TotalMilliseconds * Math.Pow(2, failures - 1) * (0.75 + 0.5 * Random.Shared.NextDouble());
                Waiting.Pause(Shorter(error.After ?? TimeSpan.FromMilliseconds(pause), LongestPause), meter);
            }
            catch (Exception error) when (Disk.IsDisk(error))
            {
                throw Disk.Failed(part.Path, error);
            }
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static BioDLException Different(Download download, string hash) => new(Status.ModelInvalid,
        $"{download.Shown} came with the SHA-256 {hash}, and {download.Sha256} was expected.",
        "It was changed or damaged on its way or at its source. Try again later, or ask whoever offers it.");

    private static BioDLException Failed(Download download, TransientException error, PartFile part, int tries)
    {
        string there = part.Length > 0 ? $" {part.Length}{(part.Total is { } total ? $" of {total}" : "")} bytes are here, and the next "
            + "try goes on from there." : "";
        return new BioDLException(Status.Io,
            $"{download.Shown} could not be brought{(tries > 1 ? $" in {tries} tries" : "")}: {error.Message.TrimEnd('.')}.{there}",
            Web.Offline, error);
    }
}
