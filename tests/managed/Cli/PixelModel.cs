using System.Text;
using BioDL.Tests.Files;
using BioDL.Tests.Graphs;

namespace BioDL.Tests.Cli;

/// <summary>Small packages for the verbs that run networks image to image.</summary>
internal static class PixelModel
{
    /// <summary>A 1 x 1 convolution of one channel: y = gain * x + offset, after scale_range from 0 to 100 %.</summary>
    /// <param name="path">of the zip file to write</param>
    /// <param name="tag">"denoising" or another task's</param>
    /// <param name="gain">of the network</param>
    /// <param name="offset">of the network</param>
    /// <param name="outputs">channels; each is the same</param>
    internal static string Write(string path, string tag, float gain = 1, float offset = 0, int outputs = 1)
    {
        var maker = new NetworkMaker();
        string input = maker.Input("x", NetworkMaker.Float, null, 1, null, null);
        string weights = maker.Floats([.. Enumerable.Repeat(gain, outputs)], outputs, 1, 1, 1),
            bias = maker.Floats([.. Enumerable.Repeat(offset, outputs)], outputs);
        string made = maker.Node("Conv", [input, weights, bias], ("kernel_shape", new long[] { 1, 1 }));
        maker.Output(made, NetworkMaker.Float, [null, outputs, null, null]);
        File.WriteAllBytes(path, ZipMaker.Make(new ZipEntry("package/rdf.yaml", Encoding.UTF8.GetBytes(Description(tag, outputs))),
            new ZipEntry("package/weights.onnx", maker.Bytes())));
        return path;
    }

    private static string Description(string tag, int outputs) => """
        format_version: 0.5.4
        type: model
        name: tiny TAG
        tags: [TAG]
        inputs:
          - id: raw
            axes: [{type: batch}, {type: channel, channel_names: [a]}, {type: space, id: y, size: {min: 8, step: 4}}, {type: space, id: x, size: {min: 8, step: 4}}]
            preprocessing: [{id: scale_range, kwargs: {axes: [y, x], min_percentile: 0.0, max_percentile: 100.0, eps: 1.0e-06}}]
        outputs:
          - id: made
            axes:
              - type: batch
              - {type: channel, channel_names: [NAMES]}
              - {type: space, id: y, size: {tensor_id: raw, axis_id: y}}
              - {type: space, id: x, size: {tensor_id: raw, axis_id: x}}
        weights: {onnx: {source: weights.onnx, opset_version: 17}}
        """.Replace("TAG", tag, StringComparison.Ordinal).Replace("NAMES", string.Join(", ", new[] { "DAPI", "GFP", "RFP" }.Take(outputs)), StringComparison.Ordinal);
}
