using System.Globalization;
using System.IO.Compression;
using System.Text;
using BioDL.Core;

namespace BioDL.Torch.Archive;

/// <summary>
/// A TorchScript archive is a zip file of code (code/**.py), pickles that build the module (data.pkl, constants.pkl) and weights (data/N,
/// constants/N). It is untrusted, and libtorch's readers were not made for that, so only what has been checked here reaches them: the
/// entries are
/// read with limits, code and pickles are looked through, and a new archive is written of them, in which nothing else is left.
/// </summary>
internal static class TorchArchive
{
    private const int MostEntries = 20_000;
    private const long MostCode = 16 << 20, MostPickle = 16 << 20;

    /// <summary>The newest file format that may be asked of any libtorch; libtorch itself says which it takes.</summary>
    private const int MostVersionDigits = 3;

    /// <summary>The archive, checked and written anew.</summary>
    /// <param name="file">its bytes</param>
    /// <param name="source">its name, for messages</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>, <see cref="Status.ModelUnsupported"/></exception>
    public static CheckedArchive Checked(byte[] file, string source)
    {
        var errors = new TorchErrors(source);
        if (file.Length < 4 || file[0] != 'P' || file[1] != 'K')
            throw file.Length > 1 && file[0] == 0x80 ? errors.NotTorchScript()
                : errors.Invalid("is no zip file, as TorchScript archives are");
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            return Rewritten(Entries(archive, file.Length, errors), errors);
        }
        catch (InvalidDataException error)
        {
            throw errors.Invalid($"is damaged: {error.Message.TrimEnd('.')}");
        }
    }

    /// <summary>The entries that matter by their name inside the archive's one folder.</summary>
    private static Dictionary<string, byte[]> Entries(ZipArchive archive, long fileLength, TorchErrors errors)
    {
        if (archive.Entries.Count is 0 or > MostEntries)
            throw errors.Invalid($"has {archive.Entries.Count} entries");
        string root = archive.Entries[0].FullName.Split('/')[0] + "/";
        var entries = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        // Weights are stored as they are, so what is unpacked is hardly more than the file.
        long left = 2 * fileLength + MostCode + MostPickle;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (!entry.FullName.StartsWith(root, StringComparison.Ordinal))
                throw errors.Invalid($"has entries in several folders: {Shown(entry.FullName)}");
            string name = entry.FullName[root.Length..];
            if (name.Equals("model.json", StringComparison.OrdinalIgnoreCase))
                throw errors.Unsupported("is of PyTorch's first archive format (model.json, PyTorch 1.0 to 1.2), which is not read",
                    "Save it anew in Python with a newer PyTorch: torch.jit.load(old).save(new); or export it to ONNX.");
            if (!Matters(name))
                continue;
            left -= entry.Length;
            if (left < 0 || entry.Length > Array.MaxLength)
                throw errors.Invalid($"unpacks to far more than its size of {fileLength} bytes");
            if (!entries.TryAdd(name, Read(entry, errors)))
                throw errors.Invalid($"has the entry {Shown(name)} twice");
        }
        return entries;
    }

    private static bool Matters(string name) => name is "data.pkl" or "constants.pkl" or "version"
        || (name.StartsWith("code/", StringComparison.Ordinal) && name.EndsWith(".py", StringComparison.Ordinal))
        || IsNumbered(name, "data/") || IsNumbered(name, "constants/");

    private static bool IsNumbered(string name, string folder) =>
        name.StartsWith(folder, StringComparison.Ordinal) && name.Length > folder.Length
        && name.AsSpan(folder.Length).IndexOfAnyExceptInRange('0', '9') < 0;

    private static byte[] Read(ZipArchiveEntry entry, TorchErrors errors)
    {
        // The length is untrusted too, but what is allocated was bounded by the size of the file.
        var bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read != bytes.Length || stream.ReadByte() >= 0)
            throw errors.Invalid($"has an entry {Shown(entry.FullName)} of another length than it says");
        if (Checksum(bytes) != entry.Crc32)
            throw errors.Invalid($"is damaged: the checksum of {Shown(entry.FullName)} is wrong");
        return bytes;
    }

    /// <summary>CRC-32 as zip files have it (polynomial 0xEDB88320).</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        Span<uint> table = stackalloc uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint rest = i;
            for (int bit = 0; bit < 8; bit++)
                rest = (rest & 1) != 0 ? rest >> 1 ^ 0xEDB88320 : rest >> 1;
            table[(int)i] = rest;
        }
        uint sum = uint.MaxValue;
        foreach (byte value in bytes)
            sum = sum >> 8 ^ table[(int)((sum ^ value) & 0xff)];
        return ~sum;
    }

    private static CheckedArchive Rewritten(Dictionary<string, byte[]> entries, TorchErrors errors)
    {
        if (!entries.ContainsKey("data.pkl"))
            throw errors.Invalid("has no data.pkl, so it is no TorchScript archive");
        string[] code = [.. entries.Keys.Where(name => name.EndsWith(".py", StringComparison.Ordinal))];
        if (code.Length == 0 || !entries.TryGetValue("constants.pkl", out byte[]? constants))
            throw errors.NotTorchScript();
        Version(entries.GetValueOrDefault("version"), errors);
        if (code.Sum(name => (long)entries[name].Length) > MostCode || entries["data.pkl"].Length > MostPickle
            || constants.Length > MostPickle)
            throw errors.Invalid("has more code than a network needs");
        foreach (string name in code)
        {
            string text = Encoding.UTF8.GetString(entries[name]);
            TorchSource.Check(text, name, errors);
            OperatorRules.Check(SourceTokens.Of(text), name, errors);
        }
        long Length(string folder, string key) => IsNumbered(folder + key, folder) && entries.TryGetValue(folder + key, out byte[]? record)
            ? record.Length : -1;
        PickleValue root = new TorchPickle(entries["data.pkl"], "data.pkl", key => Length("data/", key), errors).Check();
        new TorchPickle(constants, "constants.pkl", key => Length("constants/", key), errors).Check();
        ForwardMethod forward = Forward(entries, root.Text, errors);
        return new CheckedArchive(Written(entries), forward);
    }

    /// <summary>The class of the module, "__torch__.a Net", is declared in code/__torch__/a.py.</summary>
    private static ForwardMethod Forward(Dictionary<string, byte[]> entries, string type, TorchErrors errors)
    {
        string[] parts = type.Split(' ');
        string file = $"code/{parts[0].Replace('.', '/')}.py";
        if (parts.Length != 2 || !entries.TryGetValue(file, out byte[]? code))
            throw errors.Invalid("has no code for its module");
        var (forward, text) = ForwardMethod.Of(Encoding.UTF8.GetString(code), parts[1], errors);
        entries[file] = Encoding.UTF8.GetBytes(text);
        return forward;
    }

    private static void Version(byte[]? text, TorchErrors errors)
    {
        string version = text is { Length: <= 8 } ? Encoding.ASCII.GetString(text).Trim() : "";
        if (version.Length is 0 or > MostVersionDigits || !int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw errors.Invalid("does not say of which version it is");
    }

    private static byte[] Written(Dictionary<string, byte[]> entries)
    {
        var bytes = new MemoryStream(checked((int)entries.Sum(entry => entry.Value.Length + 256L)));
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using Stream entry = archive.CreateEntry("network/" + name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    private static string Shown(string name) => new([.. name.Take(120).Select(letter => char.IsControl(letter) ? '?' : letter)]);
}

/// <summary>An archive that may be given to libtorch.</summary>
/// <param name="Bytes">written anew of checked parts</param>
/// <param name="Forward">what its module takes and gives</param>
internal sealed record CheckedArchive(byte[] Bytes, ForwardMethod Forward);
