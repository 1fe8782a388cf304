using BioDL.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace BioDL.Tests.Graphs;

/// <summary>A tensor of a test: row-major values.</summary>
internal sealed record Values(float[] Data, int[] Shape)
{
    public static Values Noise(int seed, params int[] shape)
    {
        var random = new Random(seed);
        var data = new float[shape.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < data.Length; i++)
            data[i] = (float)(random.NextDouble() * 2 - 1);
        return new Values(data, shape);
    }

    /// <summary>Values from one index to the next along a dimension.</summary>
    public int Stride(int dimension) => Shape[(dimension + 1)..].Aggregate(1, (product, size) => product * size);

    /// <summary>The index along a dimension of a place in <see cref="Data"/>.</summary>
    public int IndexOf(int place, int dimension) => place / Stride(dimension) % Shape[dimension];

    public Values Crop(int dimension, int start, int length)
    {
        int[] shape = [.. Shape];
        shape[dimension] = length;
        int inner = Stride(dimension), outer = Data.Length / (inner * Shape[dimension]);
        var data = new float[outer * length * inner];
        for (int o = 0; o < outer; o++)
            Array.Copy(Data, (o * Shape[dimension] + start) * inner, data, o * length * inner, length * inner);
        return new Values(data, shape);
    }
}

/// <summary>ONNX Runtime itself, on networks whose output shapes are not known before.</summary>
internal sealed class OrtRun : IDisposable
{
    private readonly InferenceSession _session;

    public OrtRun(byte[] onnx)
    {
        _ = OrtLibrary.Environment;
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        _session = new InferenceSession(onnx, options);
    }

    public Values[] Run(params (string Name, Values Tensor)[] inputs)
    {
        NamedOnnxValue[] values = [.. inputs.Select(input => NamedOnnxValue.CreateFromTensor(input.Name,
            new DenseTensor<float>(input.Tensor.Data, input.Tensor.Shape)))];
        using var results = _session.Run(values);
        return [.. results.Select(result => result.AsTensor<float>())
            .Select(tensor => new Values([.. tensor.ToDenseTensor().Buffer.Span], tensor.Dimensions.ToArray()))];
    }

    public void Dispose() => _session.Dispose();
}
