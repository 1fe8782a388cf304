using System.IO.Compression;
using System.Text;
using BioDL.Models.Files;
using BioDL.Tests.Cli;
using BioDL.Tests.Graphs;

namespace BioDL.Fuzz;

/// <summary>What mutants are made of: small packages made here, and those of the folder of shared data where there is one.</summary>
internal static class Seeds
{
    private const string New = """
        format_version: 0.5.4
        type: model
        name: tiny
        description: two convolutions
        license: MIT
        authors: [{name: Somebody}]
        cite: [{text: Somebody, doi: 10.1/2}]
        tags: [denoising, nuclei]
        covers: [cover.png]
        config:
          bioimageio:
            reproducibility_tolerance:
              - {absolute_tolerance: 1.0e-05, relative_tolerance: 0.1, mismatched_elements_per_million: 10, output_ids: [prob], weights_formats: [onnx]}
        inputs:
          - id: input
            axes:
              - type: batch
              - {type: channel, channel_names: [a]}
              - {type: space, id: y, size: {min: 16, step: 8}}
              - {type: space, id: x, size: {min: 16, step: 8}}
            data: {type: uint16, range: [0, 65535]}
            test_tensor: {source: in.npy}
            preprocessing:
              - {id: ensure_dtype, kwargs: {dtype: float32}}
              - {id: clip, kwargs: {min: 0.0, max: 4000.0}}
              - {id: scale_linear, kwargs: {gain: 2.0, offset: 3.0, axis: channel}}
              - {id: scale_range, kwargs: {axes: [channel, y, x], min_percentile: 2.0, max_percentile: 99.0, eps: 1.0e-06}}
              - {id: zero_mean_unit_variance, kwargs: {axes: [x, y], eps: 1.0e-06}}
        outputs:
          - id: prob
            axes:
              - type: batch
              - {type: channel, channel_names: [p]}
              - {type: space, id: y, halo: 4, size: {tensor_id: input, axis_id: y}}
              - {type: space, id: x, halo: 4, size: {tensor_id: input, axis_id: x, offset: 0}}
            test_tensor: {source: out.npy}
            postprocessing:
              - {id: sigmoid}
              - {id: binarize, kwargs: {threshold: 0.5}}
          - id: dist
            axes:
              - type: batch
              - {type: channel, channel_names: "ray{i}", size: 8}
              - {type: space, id: y, halo: 4, size: {tensor_id: input, axis_id: y}}
              - {type: space, id: x, halo: 4, size: {tensor_id: input, axis_id: x}}
            test_tensor: {source: many.npy}
            postprocessing:
              - {id: scale_mean_variance, kwargs: {reference_tensor: input, axes: [channel, y, x], eps: 1.0e-06}}
              - {id: ensure_dtype, kwargs: {dtype: uint8}}
        weights:
          onnx: {source: weights.onnx, opset_version: 13}
        """;

    private const string Old = """
        format_version: 0.4.9
        name: tiny
        license: MIT
        inputs:
          - name: input
            axes: bcyx
            data_type: float32
            data_range: [-.inf, .inf]
            shape: {min: [1, 1, 16, 16], step: [0, 0, 8, 8]}
            preprocessing:
              - {name: zero_mean_unit_variance, kwargs: {mode: per_dataset, axes: yx, eps: 1.0e-06}}
              - {name: scale_range, kwargs: {mode: per_sample, axes: cyx, min_percentile: 1, max_percentile: 99.8}}
              - {name: zero_mean_unit_variance, kwargs: {mode: fixed, axes: yx, mean: [1.5], std: [2.5]}}
        outputs:
          - name: prob
            axes: bcyx
            data_type: float32
            halo: [0, 0, 8, 8]
            shape: {reference_tensor: input, scale: [1.0, 1.0, 1.0, 1.0], offset: [0.0, 0.0, 0.0, 0.0]}
            postprocessing: [{name: scale_linear, kwargs: {gain: 2, offset: 1, axes: yx}}, {name: clip, kwargs: {min: 0, max: 1}}]
          - name: dist
            axes: bcyx
            data_type: float32
            halo: [0, 0, 8, 8]
            shape: {reference_tensor: input, scale: [1.0, 0.0, 1.0, 1.0], offset: [0.0, 4.0, 0.0, 0.0]}
        test_inputs: [in.npy]
        test_outputs: [out.npy, many.npy]
        weights:
          onnx: {source: weights.onnx}
        """;

    private const string StarDist = """
        {"n_dim": 2, "axes": "YXC", "n_channel_in": 1, "n_channel_out": 9, "n_rays": 8, "grid": [1, 1], "backbone": "unet", "net_input_shape": [null, null, 1]}
        """;

    /// <summary>All of them; each kind is mutated equally often.</summary>
    internal static List<Package> All(string? shared)
    {
        byte[] network = new TinyOnnx().Bytes();
        Package Described(string kind, string text) => new(kind, new Dictionary<string, byte[]>
        {
            ["rdf.yaml"] = Encoding.UTF8.GetBytes(text), ["weights.onnx"] = network, ["in.npy"] = Array(1, 1, 32, 32),
            ["out.npy"] = Array(1, 1, 32, 32), ["many.npy"] = Array(1, 8, 32, 32),
        });
        var seeds = new List<Package>
        {
            Described("bioimage.io 0.5", New), Described("bioimage.io 0.4", Old),
            new("ONNX", new Dictionary<string, byte[]> { [""] = network }),
            new("StarDist folder", new Dictionary<string, byte[]>
            {
                ["config.json"] = Encoding.UTF8.GetBytes(StarDist), ["thresholds.json"] = "{\"prob\": 0.5, \"nms\": 0.4}"u8.ToArray(),
                ["weights.onnx"] = network,
            }),
            Described("zip", New), Described("test tensors", New),
        };
        seeds.AddRange(Tiffs());
        if (shared is not null)
            AddShared(seeds, Path.Combine(shared, "models"));
        return seeds;
    }

    /// <summary>Small images of every kind that is read.</summary>
    internal static IEnumerable<Package> Tiffs()
    {
        string path = Path.Combine(Path.GetTempPath(), $"biodl-seed-{Guid.NewGuid():N}");
        try
        {
            foreach (TiffKind kind in TiffKind.All(19, 23))
            {
                kind.Write(path, kind.Samples(1), kind.Samples(2));
                yield return new Package("TIFF", new Dictionary<string, byte[]> { [""] = File.ReadAllBytes(path) });
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void AddShared(List<Package> seeds, string models)
    {
        Dictionary<string, byte[]> care = Unzipped(Path.Combine(models, "care-savedmodel", "TF_SavedModel.zip")),
        n2v = Unzipped(Directory.GetFiles(Path.Combine(models, "n2v-savedmodel"), "*.zip")[0]);
        care["config.json"] = File.ReadAllBytes(Path.Combine(models, "care-savedmodel", "config.json"));
        seeds.Add(new Package("SavedModel", care));
        seeds.Add(new Package("N2V package", n2v));
        string broad = Path.Combine(models, "unet2d_nuclei_broad");
        seeds.Add(new Package("ONNX", new Dictionary<string, byte[]>
        {
            [""] = File.ReadAllBytes(Path.Combine(models, "nuclei-fluo-small",
            "weights.onnx"))
        }));
        foreach ((string kind, string file) in new[] { ("bioimage.io 0.5", "bioimageio.yaml"),
            ("bioimage.io 0.4", "v0_4_9.bioimageio.yaml") })
        {
            seeds.Add(new Package(kind, new Dictionary<string, byte[]>
            {
                ["rdf.yaml"] = WithoutHashes(File.ReadAllText(Path.Combine(broad, file))),
                ["weights.onnx"] = File.ReadAllBytes(Path.Combine(broad, "weights.onnx")),
                ["test_input.npy"] = File.ReadAllBytes(Path.Combine(broad, "test_input.npy")),
                ["test_output.npy"] = File.ReadAllBytes(Path.Combine(broad, "test_output.npy")),
            }));
        }
        string several = Path.Combine(models, "unet2d_multi_tensor");
        var torch = Directory.GetFiles(several).ToDictionary(file => Path.GetFileName(file)!, File.ReadAllBytes);
        torch["bioimageio.yaml"] = WithoutHashes(File.ReadAllText(Path.Combine(several, "bioimageio.yaml")));
        seeds.Add(new Package("TorchScript", torch));
    }

    // A wrong hash is found first, and hides all that comes behind it.
    private static byte[] WithoutHashes(string text) =>
        Encoding.UTF8.GetBytes(string.Join('\n', text.Split('\n').Where(line => !line.Contains("sha256:", StringComparison.Ordinal))));

    private static Dictionary<string, byte[]> Unzipped(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        var files = new Dictionary<string, byte[]>();
        foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => entry.Name.Length > 0))
        {
            using Stream stream = entry.Open();
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            files[entry.FullName] = bytes.ToArray();
        }
        return files;
    }

    private static byte[] Array(params long[] shape)
    {
        using NpyArray array = NpyArray.Create("float32", shape);
        var stream = new MemoryStream();
        Npy.Write(stream, array);
        return stream.ToArray();
    }
}
