namespace BioDL.Fuzz;

/// <summary>One mutant of a seed, the same for the same number.</summary>
internal static class Mutator
{
    internal static Package Mutate(Package seed, Random random)
    {
        if (seed.Kind == "zip")
            return new Package("zip", new Dictionary<string, byte[]> { [""] = ZipMutations.Apply(seed.Files, random) });
        if (seed.Kind == "TIFF")
            return seed.With("", TiffMutations.Apply(seed.Files[""], random));
        string[] names = [.. seed.Files.Keys.Where(name => Weight(seed, name) > 0)];
        if (names.Length > 1 && random.Next(40) == 0)
            return seed.Without(names[random.Next(names.Length)]);
        string file = Choice(seed, names, random);
        byte[] mutated = Change(file, seed.Files[file], random);
        // Half of the folders come as zip files, which is how packages travel.
        Package mutant = seed.With(file, mutated);
        return file.Length > 0 && random.Next(8) == 0
            ? mutant with { Files = new Dictionary<string, byte[]> { [""] = ZipMutations.Apply(mutant.Files, random) } } : mutant;
    }

    private static byte[] Change(string name, byte[] bytes, Random random)
    {
        string extension = Path.GetExtension(name);
        if (extension is ".yaml" or ".json")
            return random.Next(5) == 0 ? ByteMutations.Apply(bytes, random) : TextMutations.Apply(bytes, random);
        if (extension is ".onnx" or ".pb" or "")
            return random.Next(4) == 0 ? ByteMutations.Apply(bytes, random) : ProtoMutations.Apply(bytes, random);
        return extension == ".index" ? BundleMutations.Apply(bytes, random) : ByteMutations.Apply(bytes, random);
    }

    /// <summary>How often a file is the one that is changed; 0: never, for nothing reads it.</summary>
    private static int Weight(Package seed, string name) => (seed.Kind, Path.GetExtension(name)) switch
    {
        ("test tensors", ".npy") => 3,
        ("N2V package", ".tif") => 1,
        (_, ".npy" or ".tif" or ".txt") => 0,
        ("test tensors", _) => 0,
        (_, ".yaml" or ".json") => name == "dependencies.yaml" ? 0 : 3,
        (_, ".pb") => name == "training_model.pb" ? 0 : 3,
        (_, ".index") => 2,
        (_, ".onnx" or ".pt") => 2,
        _ => 1,
    };

    private static string Choice(Package seed, string[] names, Random random)
    {
        int at = random.Next(names.Sum(name => Weight(seed, name)));
        return names.First(name => (at -= Weight(seed, name)) < 0);
    }
}
