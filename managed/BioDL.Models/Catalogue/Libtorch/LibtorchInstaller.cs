using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Models.Cache;
using BioDL.Models.Catalogue.Downloads;
using BioDL.Models.Descriptions;
using BioDL.Torch.Worker;

namespace BioDL.Models.Catalogue.Libtorch;

/// <summary>
/// Brings libtorch, on which TorchScript models run: two NuGet packages of known content, of which the libraries are taken.
/// </summary>
/// <param name="settings">the cache, and where packages come from</param>
/// <param name="meter">hears of progress</param>
internal sealed class LibtorchInstaller(CatalogueSettings settings, Meter meter)
{
    /// <summary>By which it is installed and removed.</summary>
    public const string Name = "libtorch";

    /// <summary>LibTorchSharp, which speaks to libtorch in C.</summary>
    public const string Shim = "libLibTorchSharp.so";

    // The shim is built with GCC 13. It uses one symbol of that version, to which nothing refers: libstdc++ of Debian 12 does without.
    private const string NewVersion = "GLIBCXX_3.4.32", NewSymbol = "_ZSt21ios_base_library_initv";

    private readonly CacheFolder _cache = new(settings.Folder);
    private long _done;

    /// <summary>Where it is installed for a user.</summary>
    public static string FolderOf(CatalogueSettings settings) =>
        Path.Combine(new CacheFolder(settings.Folder).Libtorch, TorchLibrary.Version);

    /// <summary>Install it.</summary>
    /// <param name="folder">where to; null: for this user</param>
    /// <returns>what is there now</returns>
    /// <exception cref="BioDLException">
    /// <see cref="Status.NotFound"/>, <see cref="Status.Io"/>, <see cref="Status.Cancelled"/>; <see cref="Status.ModelInvalid"/>: a package
    /// has another content
    /// </exception>
    public CatalogueListing Install(string? folder = null)
    {
        string target = Path.GetFullPath(folder ?? FolderOf(settings));
        try
        {
            if (TorchLibrary.IsLibtorch(target))
                return new CatalogueListing([Entry(target)], [$"libtorch {TorchLibrary.Version} is installed already."]);
            using FileLock alone = FileLock.Take(CacheCleaner.LockOf(_cache, Disk.Hash(Name)), settings.LockTimeout, meter.Poll)
                ?? throw new BioDLException(Status.Io, "Another process has been installing libtorch for too long.",
                    "Try again when it has finished.");
            string[] warnings = Make(target);
            return new CatalogueListing([Entry(target)], warnings);
        }
        catch (InvalidDataException error)
        {
            throw new BioDLException(Status.ModelInvalid, $"libtorch cannot be installed: {error.Message}", "Try again.", error);
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            throw Disk.Failed(target, error);
        }
    }

    /// <summary>Remove what <see cref="Install"/> has installed for this user.</summary>
    /// <exception cref="BioDLException"><see cref="Status.NotFound"/></exception>
    public static string Remove(CatalogueSettings settings) => Directory.Exists(FolderOf(settings)) && Disk.TryDelete(FolderOf(settings))
        ? Name : throw new BioDLException(Status.NotFound, "libtorch is not installed for this user.",
            "'biodl torch install' installs it.");

    private string[] Make(string target)
    {
        if (TorchLibrary.IsLibtorch(target))
            return ["libtorch was installed by another process in the meantime."];
        string beside = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(beside);
            foreach (LibtorchPackage package in LibtorchPackage.All)
                Extract(package, Bring(package), beside);
            string[] warnings = Relax(Path.Combine(beside, Shim));
            Disk.TryDelete(target);
            Directory.Move(beside, target);
            Disk.TryDelete(Path.Combine(_cache.Partial, Disk.Hash(Name)));
            return warnings;
        }
        finally
        {
            Disk.TryDelete(beside);
        }
    }

    /// <summary>The file of a package, checked: of a folder of packages in place, else downloaded.</summary>
    private string Bring(LibtorchPackage package)
    {
        if (!SafeUrl.IsWeb(settings.Packages))
            return Checked(package, Path.Combine(SafeUrl.Parse(settings.Packages)?.LocalPath ?? settings.Packages, package.Path));
        var url = new Uri(settings.Packages.TrimEnd('/') + "/" + package.Path);
        string path = Path.Combine(_cache.Partial, Disk.Hash(Name), $"{package.Id}.nupkg");
        long total = LibtorchPackage.All.Sum(each => each.Bytes), before = _done;
        if (!File.Exists(path))
        {
            using var downloader = new Downloader(settings, meter);
            downloader.Fetch(new Download(url, path, package.Bytes, package.Sha256),
                (done, _) => meter.Report(Stage.Download, before + done, total));
        }
        _done = before + package.Bytes;
        return Checked(package, path);
    }

    private static string Checked(LibtorchPackage package, string path)
    {
        if (!File.Exists(path))
            throw new BioDLException(Status.NotFound, $"There is no package {path}.",
                "Give a folder of NuGet packages, or leave it out to download them.");
        using FileStream stream = File.OpenRead(path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        return hash == package.Sha256 ? path
            : throw new BioDLException(Status.ModelInvalid, $"{path} has the SHA-256 {hash}, and {package.Sha256} was expected.",
                "It is another file, or damaged: delete it and try again.");
    }

    private void Extract(LibtorchPackage package, string path, string folder)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        foreach (string file in package.Files)
        {
            meter.Poll();
            ZipArchiveEntry entry = archive.GetEntry(file) ?? throw new InvalidDataException($"{path} has no {file}.");
            Disk.CheckRoom(folder, entry.Length);
            entry.ExtractToFile(Path.Combine(folder, entry.Name));
        }
    }

    /// <summary>On a copy, and only where the system's libstdc++ is older than the shim's compiler.</summary>
    private static string[] Relax(string shim)
    {
        if (HasNewLibrary())
            return [];
        byte[] library = File.ReadAllBytes(shim);
        if (ElfVersions.Relax(library, NewVersion))
            File.WriteAllBytes(shim, library);
        return [$"This system's libstdc++ is older than {NewVersion}, of which {Shim} uses nothing: it was told so."];
    }

    private static bool HasNewLibrary() => NativeLibrary.TryLoad("libstdc++.so.6", out nint library)
        && NativeLibrary.TryGetExport(library, NewSymbol, out _);

    private static CatalogueEntry Entry(string folder) => new()
    {
        Id = Name, State = ModelState.Installed, Name = $"libtorch {TorchLibrary.Version}, for models whose weights are TorchScript",
        Version = TorchLibrary.Version,
        Licence = "BSD-3-Clause (libtorch), MIT (TorchSharp)", Bytes = Disk.Size(folder), Format = "libraries", Path = folder,
        Source = string.Join(", ", LibtorchPackage.All.Select(package => $"{package.Id} {package.Version}")),
    };
}
