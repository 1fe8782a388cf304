using BioDL.Tests.Files;

namespace BioDL.Fuzz;

/// <summary>Packages as zip files, with entries that no honest program writes, and with damage.</summary>
internal static class ZipMutations
{
    private static readonly string[] Names =
    [
        "../evil", "../../evil", "/evil", "a/../../evil", "C:/evil", "..\\evil", "a\\evil", "./evil", "a//evil", "evil\0", "", ".", "..",
        "con", "evil/", "\u202Eevil", "rdf.yaml",
        "RDF.YAML", "weights.onnx", "WEIGHTS.ONNX", "saved_model.pb/x", "variables", new string('a', 600),
        string.Concat(Enumerable.Repeat("d/", 40)) + "evil",
    ];

    internal static byte[] Apply(IReadOnlyDictionary<string, byte[]> files, Random random)
    {
        List<ZipEntry> entries = [.. files.Select(file => new ZipEntry(file.Key, file.Value) { Deflated = random.Next(3) > 0 })];
        int structural = random.Next(4);
        for (int changes = 0; changes < structural; changes++)
            Change(entries, random);
        byte[] zip = ZipMaker.Make([.. entries]);
        return structural == 0 || random.Next(3) == 0 ? Damaged(zip, random) : zip;
    }

    private static void Change(List<ZipEntry> entries, Random random)
    {
        int at = random.Next(entries.Count);
        ZipEntry entry = entries[at];
        uint[] sizes = [0, 1, 100, 1u << 20, int.MaxValue, uint.MaxValue, uint.MaxValue - 1];
        uint Size() => sizes[random.Next(sizes.Length)];
        switch (random.Next(10))
        {
            case 0: entries.Add(new ZipEntry(Names[random.Next(Names.Length)], entry.Bytes)); break;
            case 1: entries[at] = entry with { Name = Names[random.Next(Names.Length)] }; break;
            case 2: entries[at] = entry with { ClaimedLength = Size() }; break;
            case 3: entries[at] = entry with { ClaimedPacked = Size() }; break;
            case 4: entries[at] = entry with { ClaimedCrc = (uint)random.Next() }; break;
            case 5: entries[at] = entry with { Flags = (ushort)random.Next(1 << 16) }; break;
            case 6: entries[at] = entry with { Mode = random.Next(1 << 16) }; break;
            case 7 when at > 0: entries[at] = entry with { SharesWith = random.Next(at) }; break;
            case 8: entries.Insert(0, new ZipEntry("inner.zip", ZipMaker.Make(entry))); break;
            default: entries.RemoveAt(at); break;
        }
        if (entries.Count == 0)
            entries.Add(entry);
    }

    // The directory at the end is what is read first.
    private static byte[] Damaged(byte[] zip, Random random)
    {
        if (random.Next(3) == 0)
            return ByteMutations.Apply(zip, random);
        int tail = Math.Min(zip.Length, random.Next(22, 600));
        return [.. zip[..^tail], .. ByteMutations.Apply(zip[^tail..], random)];
    }
}
