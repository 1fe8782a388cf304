using System.IO.Compression;
using BioDL.Tests.Graphs;
using BioDL.Tests.Models;

namespace BioDL.Tests.Catalogues;

/// <summary>Packages to be served.</summary>
internal static class Packages
{
    /// <summary>A small model that runs, with noise beside it so that its zip file has some size.</summary>
    internal static byte[] Zip(int noise = 300_000, TinyOnnx? network = null)
    {
        using ModelFolder folder = ModelFolder.Described(network ?? new TinyOnnx());
        byte[] bytes = new byte[noise];
        new Random(1).NextBytes(bytes);
        folder.With("noise.bin", bytes);
        return Zip(folder.Path);
    }

    internal static byte[] Zip(string folder)
    {
        using var stream = new MemoryStream();
        ZipFile.CreateFromDirectory(folder, stream, CompressionLevel.Fastest, includeBaseDirectory: false);
        return stream.ToArray();
    }

    internal static string Hash(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
}
