using BioDL.Models.Runtime;
using BioDL.TensorFlow;
using Microsoft.ML.OnnxRuntime;

namespace BioDL.Tests.TensorFlow;

/// <summary>Runs an imported network by ONNX Runtime, with tensors as TensorFlow has them: channels last.</summary>
internal static class NetworkRun
{
    /// <param name="network">with one input</param>
    /// <param name="input">batch, space, channels</param>
    /// <returns>the outputs: batch, space, channels</returns>
    public static Nd[] Of(ImportedNetwork network, Nd input)
    {
        // The devices are asked first, since that loads ONNX Runtime from our folder.
        _ = InstalledEngines.Devices;
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        using var session = new InferenceSession(network.Onnx, options);
        Nd first = input.ChannelsFirst();
        float[] values = Array.ConvertAll(first.Values, value => (float)value);
        using OrtValue tensor = OrtValue.CreateTensorValueFromMemory(values, [.. first.Shape.Select(size => (long)size)]);
        using var run = new Microsoft.ML.OnnxRuntime.RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results =
            session.Run(run, [network.Inputs[0].Name], [tensor], [.. network.Outputs.Select(output => output.Name)]);
        return [.. results.Select(Read)];
    }

    private static Nd Read(OrtValue value)
    {
        int[] shape = [.. value.GetTensorTypeAndShape().Shape.Select(size => (int)size)];
        return new Nd(shape, Array.ConvertAll(value.GetTensorDataAsSpan<float>().ToArray(), number => (double)number)).ChannelsLast();
    }
}
