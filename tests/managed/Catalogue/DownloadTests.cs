using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Models;
using BioDL.Models.Catalogue;
using BioDL.Models.Catalogue.Downloads;
using BioDL.Models.Descriptions;

namespace BioDL.Tests.Catalogues;

/// <summary>Downloads from a server that does what servers and networks do: break, stall, lie, redirect, change their mind.</summary>
public sealed class DownloadTests : IDisposable
{
    private readonly TestCache _cache = new();
    private readonly TestServer _server = new();
    private readonly byte[] _zip = Packages.Zip();

    public void Dispose()
    {
        _server.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public void A_zip_is_downloaded_checked_and_installed()
    {
        _server.With("some/tiny.zip", _zip);
        var seen = new List<Progress>();
        CatalogueEntry entry = _cache.Catalogue.Install(_server.Url("some/tiny.zip"), new InstallOptions { Sha256 = Packages.Hash(_zip) },
            (in Progress progress) =>
        {
            seen.Add(progress);
            return true;
        }).Entries.Single();
        Assert.Equal(("tiny", _server.Url("some/tiny.zip")), (entry.Id, entry.Source));
        Assert.Contains(seen, progress => progress.Stage == Stage.Download && progress.Done == _zip.Length
            && progress.Total == _zip.Length);
        Assert.True(seen.Zip(seen.Skip(1)).All(pair => pair.First.Fraction <= pair.Second.Fraction), "the fraction never falls");
        AssertRight();
        Assert.Empty(_cache.Files("partial"));
    }

    [Fact]
    public void A_broken_download_goes_on_where_it_ended()
    {
        _server.With("tiny.zip", asked => new Reply(_zip) { ETag = "\"1\"", CutAfter = asked.Number < 4 ? 50_000 : null });
        Install();
        Asked[] asked = _server.For("tiny.zip");
        Assert.Equal([0, 50_000, 100_000, 150_000], asked.Select(request => request.From));
        Assert.All(asked.Skip(1), request => Assert.Equal("\"1\"", request.Headers["if-range"]));
        Assert.Equal(_zip.Length, _server.Sent);
        AssertRight();
    }

    [Fact]
    public void A_later_try_goes_on_where_an_earlier_one_gave_up()
    {
        _server.With("tiny.zip", asked => asked.Number == 1 ? new Reply(_zip) { ETag = "\"1\"", CutAfter = 120_000 } : Reply.Error(503));
        var error = Assert.Throws<BioDLException>(Install);
        Assert.Equal(Status.Io, error.Status);
        Assert.Contains("503", error.Message);
        Assert.Contains($"120000 of {_zip.Length} bytes", error.Message);
        Assert.Empty(_cache.Installed);
        _server.With("tiny.zip", _zip, "\"1\"");
        Install();
        Assert.Equal(120_000, _server.For("tiny.zip")[^1].From);
        AssertRight();
    }

    [Fact]
    public void A_file_that_changed_meanwhile_is_downloaded_anew()
    {
        byte[] other = Packages.Zip(250_000);
        _server.With("tiny.zip", asked => asked.Number == 1 ? new Reply(other) { ETag = "\"1\"", CutAfter = 120_000 }
            : new Reply(_zip) { ETag = "\"2\"" });
        Install();
        Assert.Equal([0, 120_000], _server.For("tiny.zip").Select(request => request.From));
        Assert.Equal(120_000 + _zip.Length, _server.Sent);
        AssertRight();
    }

    [Fact]
    public void A_server_that_ignores_ranges_gives_all_again()
    {
        _server.With("tiny.zip", asked => new Reply(_zip)
        {
            ETag = "\"1\"", Ranges = false,
            CutAfter = asked.Number == 1 ? 120_000 : null
        });
        Install();
        AssertRight();
    }

    [Fact]
    public void Without_a_mark_of_the_content_or_its_hash_nothing_is_pieced_together()
    {
        _server.With("tiny.zip", asked => new Reply(_zip) { CutAfter = asked.Number == 1 ? 120_000 : null });
        Install();
        Assert.All(_server.For("tiny.zip"), request => Assert.Equal(0, request.From));
        AssertRight();
    }

    [Fact]
    public void With_its_hash_it_goes_on_without_a_mark()
    {
        _server.With("tiny.zip", asked => new Reply(_zip) { CutAfter = asked.Number == 1 ? 120_000 : null });
        _cache.Catalogue.Install(_server.Url("tiny.zip"), new InstallOptions { Sha256 = Packages.Hash(_zip) });
        Assert.Equal([0, 120_000], _server.For("tiny.zip").Select(request => request.From));
        AssertRight();
    }

    [Fact]
    public void Another_piece_than_was_asked_for_is_not_taken()
    {
        _server.With("tiny.zip", asked => new Reply(_zip)
        {
            ETag = "\"1\"", ClaimedStart = asked.Number == 2 ? 100_000 : null,
            CutAfter = asked.Number == 1 ? 120_000 : null
        });
        Install();
        Assert.Equal([0, 120_000, 0], _server.For("tiny.zip").Select(request => request.From));
        AssertRight();
    }

    [Fact]
    public void A_part_that_was_damaged_on_disk_is_found_by_the_hash_and_brought_anew()
    {
        _server.With("tiny.zip", asked => asked.Number == 1 ? new Reply(_zip) { ETag = "\"1\"", CutAfter = 120_000 } : Reply.Error(404));
        Assert.Throws<BioDLException>(Install);
        string part = Directory.GetFiles(_cache.Folder, "*.part", SearchOption.AllDirectories).Single();
        byte[] bytes = File.ReadAllBytes(part);
        bytes[77] ^= 1;
        File.WriteAllBytes(part, bytes);
        _server.With("tiny.zip", _zip, "\"1\"");
        _cache.Catalogue.Install(_server.Url("tiny.zip"), new InstallOptions { Sha256 = Packages.Hash(_zip) });
        Assert.Equal([120_000, 0], _server.For("tiny.zip")[^2..].Select(request => request.From));
        AssertRight();
    }

    [Fact]
    public void What_was_whole_when_the_process_was_killed_is_not_downloaded_again()
    {
        _server.With("tiny.zip", asked => asked.Number == 1 ? new Reply(_zip) { ETag = "\"1\"", CutAfter = _zip.Length - 1 }
            : Reply.Error(404));
        Assert.Throws<BioDLException>(Install);
        using (FileStream part = File.OpenWrite(Directory.GetFiles(_cache.Folder, "*.part", SearchOption.AllDirectories).Single()))
        {
            part.Position = part.Length;
            part.WriteByte(_zip[^1]);
        }
        _server.With("tiny.zip", _zip, "\"1\"");
        Install();
        Assert.Equal(_zip.Length - 1, _server.Sent - 2);
        AssertRight();
    }

    [Fact]
    public void A_stalled_download_is_broken_off_and_goes_on()
    {
        _server.With("tiny.zip", asked => new Reply(_zip) { ETag = "\"1\"", StallAfter = asked.Number == 1 ? 120_000 : null });
        Install();
        Assert.Equal([0, 120_000], _server.For("tiny.zip").Select(request => request.From));
        AssertRight();
    }

    [Fact]
    public void A_server_that_never_answers_is_given_up()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        _cache.Settings = _cache.Settings with
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(100),
            StallTimeout = TimeSpan.FromMilliseconds(100),
            Attempts = 2,
        };
        var error = Assert.Throws<BioDLException>(() =>
            _cache.Catalogue.Install($"http://127.0.0.1:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}/tiny.zip"));
        Assert.Equal(Status.Io, error.Status);
        Assert.Contains("does not answer", error.Message);
    }

    [Theory]
    [InlineData(404, Status.NotFound, 1)]
    [InlineData(410, Status.NotFound, 1)]
    [InlineData(403, Status.Io, 1)]
    [InlineData(400, Status.Io, 1)]
    [InlineData(500, Status.Io, 3)]
    [InlineData(429, Status.Io, 3)]
    public void Errors_of_the_server_are_told_and_only_those_that_pass_are_tried_again(int code, Status status, int requests)
    {
        _server.With("tiny.zip", _ => Reply.Error(code));
        var error = Assert.Throws<BioDLException>(Install);
        Assert.Equal(status, error.Status);
        Assert.Contains($"{code}", error.Message);
        Assert.Contains("tiny.zip", error.Message);
        Assert.Equal(requests, _server.Requests.Count);
        Assert.Empty(_cache.Installed);
    }

    [Fact]
    public void A_server_that_is_busy_for_a_moment_is_asked_again_when_it_says()
    {
        _server.With("tiny.zip", asked => asked.Number < 2 ? Reply.Error(429) with { RetryAfter = "1" } : new Reply(_zip));
        long start = Environment.TickCount64;
        Install();
        Assert.InRange(Environment.TickCount64 - start, 950, 10_000);
        AssertRight();
    }

    [Fact]
    public void A_length_that_is_too_long_is_an_incomplete_download()
    {
        _server.With("tiny.zip", asked => new Reply(_zip) { ETag = "\"1\"", ClaimedLength = asked.From == 0 ? _zip.Length + 100 : null });
        var error = Assert.Throws<BioDLException>(Install);
        Assert.Contains("shorter", error.Message);
        Assert.Empty(_cache.Installed);
    }

    [Fact]
    public void A_length_that_is_too_short_gives_a_damaged_package()
    {
        _server.With("tiny.zip", _ => new Reply(_zip) { ClaimedLength = _zip.Length - 100 });
        Assert.Equal(Status.ModelInvalid, Assert.Throws<BioDLException>(Install).Status);
        Assert.Empty(_cache.Installed);
    }

    [Fact]
    public void A_body_without_a_length_is_taken_whole()
    {
        _server.With("tiny.zip", _ => new Reply(_zip) { ClaimedLength = -1 });
        Install();
        AssertRight();
    }

    [Fact]
    public void Too_large_files_are_refused_by_what_they_say_and_by_what_comes()
    {
        _cache.Settings = _cache.Settings with { MaximumDownload = 100_000 };
        _server.With("said.zip", _ => new Reply(_zip)).With("unsaid.zip", _ => new Reply(_zip) { ClaimedLength = -1 });
        foreach (string name in new[] { "said.zip", "unsaid.zip" })
        {
            var error = Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(_server.Url(name)));
            Assert.Equal(Status.ModelInvalid, error.Status);
            Assert.Contains("100000 bytes", error.Message);
        }
        Assert.Empty(_cache.Files());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_corrupted_download_is_refused(bool hashKnown)
    {
        byte[] bad = [.. _zip];
        bad[200_000] ^= 0x10;
        _server.With("tiny.zip", bad);
        var error = Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(_server.Url("tiny.zip"),
            new InstallOptions { Sha256 = hashKnown ? Packages.Hash(_zip) : null }));
        Assert.Equal(Status.ModelInvalid, error.Status);
        Assert.Equal(hashKnown ? 2 : 0,
            System.Text.RegularExpressions.Regex.Count(error.Message, "(?<![0-9a-f/])[0-9a-f]{64}(?![0-9a-f/])"));
        Assert.Empty(_cache.Installed);
        _server.With("tiny.zip", _zip);
        Install();
        AssertRight();
    }

    [Fact]
    public void Redirects_are_followed()
    {
        _server.With("tiny.zip", _ => Reply.Redirect("a/b")).With("a/b", _ => Reply.Redirect(_server.Url("real.zip?x=1")))
            .With("real.zip?x=1", _zip);
        Install();
        AssertRight();
        Assert.Equal(_server.Url("tiny.zip"), _cache.Installed.Single().Source);
    }

    [Theory]
    [InlineData("tiny.zip", "more than 8 times")]
    [InlineData("file:///etc/passwd", "file:")]
    [InlineData("ftp://127.0.0.1/tiny.zip", "ftp:")]
    [InlineData("data:text/plain,hello", "data:")]
    public void Redirects_that_lead_nowhere_good_are_refused(string location, string says)
    {
        _server.With("tiny.zip", _ => Reply.Redirect(location));
        var error = Assert.Throws<BioDLException>(Install);
        Assert.Equal(Status.Io, error.Status);
        Assert.Contains(says, error.Message);
    }

    [Fact]
    public void From_https_there_is_no_way_back_to_http()
    {
        var secure = new Uri("https://models.example/a.zip");
        Assert.Contains("from https to http",
            Assert.Throws<BioDLException>(() => Web.Next(secure, new Uri("http://models.example/a.zip"), secure)).Message);
        Assert.Equal("https://other.example/b.zip",
            Web.Next(secure, new Uri("//other.example/b.zip", UriKind.RelativeOrAbsolute), secure).AbsoluteUri);
        Assert.Equal("https://models.example/b.zip",
            Web.Next(new Uri("http://models.example/a.zip"), new Uri("https://models.example/b.zip"), secure).AbsoluteUri);
    }

    [Fact]
    public void Credentials_go_to_their_server_alone_and_into_no_record()
    {
        using var other = new TestServer();
        other.With("real.zip", _zip);
        _server.With("tiny.zip?token=hush&version=1", _ => Reply.Redirect(other.Url("real.zip")));
        CatalogueEntry entry = _cache.Catalogue.Install($"http://ann:pass%20word@127.0.0.1:{_server.Port}/tiny.zip?token=hush&version=1")
            .Entries.Single();
        Assert.Equal("Basic " + Convert.ToBase64String("ann:pass word"u8), _server.Requests.Single().Headers["authorization"]);
        Assert.DoesNotContain("authorization", other.Requests.Single().Headers.Keys);
        Assert.Equal(_server.Url("tiny.zip?token=***&version=1"), entry.Source);
        foreach (string file in _cache.Files().Where(file => file.EndsWith(".json", StringComparison.Ordinal)))
            Assert.DoesNotMatch("hush|pass|ann:|ann@", File.ReadAllText(Path.Combine(_cache.Folder, file)));
        _server.With("secret.zip", _ => Reply.Error(404));
        Assert.DoesNotContain("pass", Assert.Throws<BioDLException>(() =>
            _cache.Catalogue.Install($"http://ann:pass@127.0.0.1:{_server.Port}/secret.zip")).Message);
    }

    [Fact]
    public void A_cancel_ends_at_once_also_while_nothing_comes_and_the_next_try_goes_on()
    {
        _cache.Settings = _cache.Settings with { StallTimeout = TimeSpan.FromSeconds(20) };
        _server.With("tiny.zip", asked => new Reply(_zip) { ETag = "\"1\"", StallAfter = asked.Number == 1 ? 120_000 : null });
        long start = Environment.TickCount64;
        bool Report(in Progress progress) => progress.Done < 120_000 || Environment.TickCount64 - start < 300;
        Assert.Equal(Status.Cancelled, Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(_server.Url("tiny.zip"), null, Report))
            .Status);
        Assert.InRange(Environment.TickCount64 - start, 0, 3000);
        Install();
        Assert.Equal(120_000, _server.For("tiny.zip")[^1].From);
        AssertRight();
    }

    [Fact]
    public void A_machine_without_a_network_is_told_so_at_once()
    {
        var error = Assert.Throws<BioDLException>(() => _cache.Catalogue.Install("http://no-such-host.invalid/tiny.zip"));
        Assert.Equal(Status.Io, error.Status);
        Assert.Contains("no-such-host.invalid", error.Message);
        Assert.Contains("work without a connection", error.Hint);
    }

    [Fact]
    public void A_web_page_and_other_schemes_are_no_models()
    {
        _server.With("page", "<!DOCTYPE html><html></html>").With("text", "hello: world").With("bytes", [0, 1, 2, 3]);
        foreach (var (source, says) in new[] { (_server.Url("page"), "web page"), (_server.Url("text"), "weights"),
            ("ftp://x/y.zip", "ftp"), ("gopher://x", "gopher") })
            Assert.Contains(says, Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(source)).Message);
        Assert.Throws<BioDLException>(() => _cache.Catalogue.Install(_server.Url("bytes")));
        Assert.Empty(_cache.Installed);
    }

    [Fact]
    public void Two_at_once_in_one_process_download_once_and_both_succeed()
    {
        // A pause of a busy machine is no stall here: going on after one would be a second request.
        _cache.Settings = _cache.Settings with { StallTimeout = TimeSpan.FromSeconds(10) };
        _server.With("tiny.zip", _ => new Reply(_zip) { Slow = 40 });
        TwoAtOnce();
        Asked[] requests = _server.For("tiny.zip");
        Assert.True(requests.Length == 1, string.Join("\n", requests.Select(asked => string.Join(", ", asked.Headers))));
        AssertRight();
    }

    [Fact]
    public void Who_waits_too_long_for_another_downloads_for_itself()
    {
        _cache.Settings = _cache.Settings with { LockTimeout = TimeSpan.FromMilliseconds(100), StallTimeout = TimeSpan.FromSeconds(10) };
        _server.With("tiny.zip", asked => new Reply(_zip) { Slow = asked.Number == 1 ? 30 : 0 });
        TwoAtOnce();
        Assert.Equal(2, _server.For("tiny.zip").Length);
        AssertRight();
    }

    private void Install() => _cache.Catalogue.Install(_server.Url("tiny.zip"));

    /// <summary>Two threads, the second when the download of the first has begun.</summary>
    private void TwoAtOnce()
    {
        Task first = Task.Factory.StartNew(Install, TaskCreationOptions.LongRunning);
        Assert.True(SpinWait.SpinUntil(() => _server.Sent > 0, 5000));
        Install();
        first.Wait();
    }

    private void AssertRight()
    {
        CatalogueEntry entry = _cache.Installed.Single();
        Assert.Empty(_cache.Catalogue.Damage(entry.Id));
        Model.Open(entry.Path).Dispose();
        byte[] noise = new byte[300_000];
        new Random(1).NextBytes(noise);
        Assert.Equal(noise, File.ReadAllBytes(Path.Combine(entry.Path, "noise.bin")));
    }
}
