namespace BioDL.Models.Catalogue.Libtorch;

/// <summary>
/// A NuGet package of which libtorch for TorchSharp is made; any server or folder that offers another content under its name is refused.
/// </summary>
/// <param name="Id">in small letters, as in addresses</param>
/// <param name="Version">likewise</param>
/// <param name="Bytes">of the package</param>
/// <param name="Sha256">of the package</param>
/// <param name="Files">what is taken of it, each by its path inside</param>
internal sealed record LibtorchPackage(string Id, string Version, long Bytes, string Sha256, IReadOnlyList<string> Files)
{
    private const string Natives = "runtimes/linux-x64/native/";

    /// <summary>What libtorch needs to run on the CPU of a Linux machine: five libraries, and both licences.</summary>
    public static IReadOnlyList<LibtorchPackage> All { get; } =
    [
        new("libtorch-cpu-linux-x64", "2.10.0", 128_200_806, "e821a8a2db5b3e726fbe4321f36a9e8934f1e9f2849424063d21aafe4b6e11d1",
            [Natives + "libtorch_cpu.so", Natives + "libtorch.so", Natives + "libc10.so", Natives + "libgomp-98b21ff3.so.1",
                "LICENSE-LIBTORCH.txt"]),
        new("torchsharp", "0.107.0", 3_345_464, "c27530bc89c5c38947142d71a38ba7ee0975ff97cf2ece94d4a86bd8e8ad49f1",
            [Natives + LibtorchInstaller.Shim, "LICENSE.txt"]),
    ];

    /// <summary>Where it lies below the address of a server's flat container, and below NuGet's own folder of packages.</summary>
    public string Path => $"{Id}/{Version}/{Id}.{Version}.nupkg";
}
