using System.Security.Cryptography;
using BioDL.Tests.Graphs;

namespace BioDL.Tests.Models;

/// <summary>A folder with a small model, for the time of a test.</summary>
internal sealed class ModelFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("biodl-model-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public ModelFolder With(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return this;
    }

    public ModelFolder With(string name, string content)
    {
        File.WriteAllText(this[name], content);
        return this;
    }

    /// <summary>A network, and a description in format 0.5 that fits it but for what is replaced in its text.</summary>
    public static ModelFolder Described(TinyOnnx network, string from = "", string to = "")
    {
        byte[] onnx = network.Bytes();
        string text = Description(network, Convert.ToHexStringLower(SHA256.HashData(onnx)));
        Assert.Contains(from, text);
        return new ModelFolder().With("weights.onnx", onnx).With("bioimageio.yaml", from.Length > 0 ? text.Replace(from, to) : text);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Description(TinyOnnx network, string hash) => $$$"""
        format_version: 0.5.4
        name: tiny
        license: MIT
        cite:
          - text: Somebody
            doi: 10.1/2
        inputs:
          - id: input
            axes:
              - type: batch
              - {type: channel, channel_names: [a]}
              - {type: space, id: y, size: {min: 16, step: 8}}
              - {type: space, id: x, size: {min: 16, step: 8}}
            preprocessing:
              - id: scale_range
                kwargs: {axes: [channel, y, x], min_percentile: 2.0, max_percentile: 99.0}
        outputs:
          - id: {{{network.Dist}}}
            axes:
              - type: batch
              - {type: channel, channel_names: "ray{i}", size: {{{network.Rays}}} }
              - {type: space, id: y, scale: {{{network.Grid}}}.0, halo: 4, size: {tensor_id: input, axis_id: y} }
              - {type: space, id: x, scale: {{{network.Grid}}}.0, halo: 4, size: {tensor_id: input, axis_id: x} }
          - id: {{{network.Prob}}}
            axes:
              - type: batch
              - {type: channel, channel_names: [probability]}
              - {type: space, id: y, scale: {{{network.Grid}}}.0, halo: 4, size: {tensor_id: input, axis_id: y} }
              - {type: space, id: x, scale: {{{network.Grid}}}.0, halo: 4, size: {tensor_id: input, axis_id: x} }
        weights:
          onnx:
            source: weights.onnx
            sha256: {{{hash}}}
        config:
          stardist:
            thresholds: {prob: 0.25, nms: 0.75}
            config: {n_rays: {{{network.Rays}}}, grid: [{{{network.Grid}}}, {{{network.Grid}}}], n_channel_in: {{{network.Channels}}} }
        """;
}
