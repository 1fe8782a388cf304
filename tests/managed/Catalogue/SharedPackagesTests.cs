using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BioDL.Conformance;
using BioDL.Core;
using BioDL.Models;
using BioDL.Models.Catalogue;
using BioDL.Models.Descriptions;
using BioDL.Models.Verification;

namespace BioDL.Tests.Catalogues;

/// <summary>Real packages over a real connection, broken a few times on their way.</summary>
public sealed class SharedPackagesTests : IDisposable
{
    private readonly TestCache _cache = new();
    private readonly TestServer _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _cache.Dispose();
    }

    [SkippableTheory]
    [InlineData("bioimageio.yaml")]
    [InlineData("v0_4_9.bioimageio.yaml")]
    public void A_zoo_model_is_brought_by_its_nickname_over_a_bad_connection_and_passes_its_test_tensors(string description)
    {
        string folder = Path.GetDirectoryName(SharedData.File("models", "unet2d_nuclei_broad", description))!;
        foreach (string path in Directory.GetFiles(folder))
        {
            byte[] bytes = File.ReadAllBytes(path);
            string name = Path.GetFileName(path) == description ? "rdf.yaml" : Path.GetFileName(path);
            // Each connection breaks after 300,000 bytes.
            _server.With("zoo/" + name, _ => new Reply(bytes)
            {
                ETag = $"\"{bytes.Length}\"",
                CutAfter = bytes.Length > 300_000 ? 300_000 : null
            });
        }
        _server.With("collection.json",
            """{"collection": [{"type": "model", "id": "10.5281/zenodo.5764892", "nickname": "affable-shark", "rdf_source": "zoo/rdf.yaml"}]}""");
        _cache.Settings = _cache.Settings with { Zoo = [_server.Url("collection.json")] };
        long weights = new FileInfo(Path.Combine(folder, "weights.onnx")).Length;

        CatalogueListing listing = _cache.Catalogue.Install("affable-shark");
        Assert.Equal("affable-shark", listing.Entries.Single().Id);
        Assert.Equal((weights + 299_999) / 300_000, _server.For("zoo/weights.onnx").Length);
        // The shared folder has no picture and no text, which a model runs without.
        Assert.Contains(listing.Warnings, warning => warning.Contains("cover0.png"));
        using Model model = Model.Open(_cache.Catalogue.Find("10.5281/zenodo.5764892"));
        Assert.Equal(VerifyOutcome.Passed, model.Verify("cpu").Outcome);
    }

    [SkippableTheory]
    [InlineData("n2v-savedmodel", "format-0.2.0-csbdeep.bioimage.io.zip", ModelTask.Denoise)]
    [InlineData("care-savedmodel", "TF_SavedModel.zip", ModelTask.Denoise)]
    [InlineData("stardist-dsb2018", null, ModelTask.Segment)]
    public void Packages_as_labs_have_them_are_installed_from_an_address(string folder, string? zip, ModelTask task)
    {
        string path = SharedData.File("models", folder, zip ?? "bioimageio.yaml");
        byte[] bytes = zip is null ? Packages.Zip(Path.GetDirectoryName(path)!) : File.ReadAllBytes(path);
        _server.With("lab/model.zip", asked => new Reply(bytes) { ETag = "\"1\"", CutAfter = asked.Number == 1 ? bytes.Length / 2 : null });
        CatalogueEntry entry = _cache.Catalogue.Install(_server.Url("lab/model.zip"), new InstallOptions { Sha256 = Packages.Hash(bytes) })
            .Entries.Single();
        Assert.Equal((task, true), (entry.Task, entry.Runnable));
        Assert.StartsWith("2D, 1 channel", entry.Input);
        Assert.Empty(_cache.Catalogue.Damage(entry.Id));
        Model.Open(_cache.Catalogue.Find(entry.Id)).Dispose();
    }

    [Fact]
    public void A_server_whose_certificate_nobody_vouches_for_is_refused()
    {
        using RSA key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = new Thread(() =>
        {
            try
            {
                using var stream = new SslStream(listener.AcceptTcpClient().GetStream());
                stream.AuthenticateAsServer(certificate);
            }
            catch (Exception error) when (error is IOException or SocketException or AuthenticationException or InvalidOperationException)
            {
                // the client turns away, as it should
            }
        })
        { IsBackground = true };
        server.Start();
        var refused = Assert.Throws<BioDLException>(() =>
            _cache.Catalogue.Install($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/tiny.zip"));
        listener.Stop();
        Assert.Equal(Status.Io, refused.Status);
        Assert.Contains("no safe connection", refused.Message);
        Assert.Contains("certificates", refused.Hint);
    }
}
