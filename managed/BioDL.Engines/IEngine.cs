using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Core.Runs;

namespace BioDL.Engines;

/// <summary>Something that runs networks: of which formats, on which devices. Safe for concurrent use.</summary>
public interface IEngine
{
    /// <summary>For people, such as "ONNX Runtime".</summary>
    string Name { get; }

    /// <summary>For the provenance, such as "onnxruntime".</summary>
    string Key { get; }

    /// <summary>Of what it stands on, such as "1.31.0"; "" when that is missing. Loads it.</summary>
    string Version { get; }

    /// <summary>Why nothing can be run here, in one sentence; null when it can. Loads what it stands on.</summary>
    string? Unavailable { get; }

    /// <summary>bioimage.io's names of the formats of weights that it runs, such as "onnx".</summary>
    IReadOnlyList<string> Formats { get; }

    /// <summary>Devices beside the CPU, usable or not. Found once.</summary>
    IReadOnlyList<DeviceInfo> Devices { get; }

    /// <summary>Look at weights without loading anything.</summary>
    /// <param name="weights">the bytes of the file, untrusted</param>
    /// <param name="source">its name, for messages</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>, <see cref="Status.ModelUnsupported"/></exception>
    void Check(byte[] weights, string source);

    /// <summary>Load a network on a device. What it gives is disposed where it can be.</summary>
    /// <param name="file">the network</param>
    /// <param name="device">the CPU, or one of <see cref="Devices"/> that is usable</param>
    /// <exception cref="NetworkException">The device cannot run it.</exception>
    /// <exception cref="BioDLException">
    /// <see cref="Status.NotFound"/>: what the engine stands on is missing; <see cref="Status.ModelInvalid"/>,
    /// <see cref="Status.ModelUnsupported"/>,
    /// <see cref="Status.OutOfMemory"/>
    /// </exception>
    INetwork Load(NetworkFile file, DeviceInfo device);

    /// <summary>
    /// What runs of a network show of it; null for an engine whose networks are graphs that can be read, or that cannot run here.
    /// </summary>
    /// <param name="file">the network</param>
    /// <param name="inputs">its inputs as described</param>
    /// <param name="outputs">its outputs as described</param>
    /// <exception cref="NetworkException">It does not run on images of the described sizes.</exception>
    MeasuredNetwork? Measure(NetworkFile file, IReadOnlyList<InputTensor> inputs, IReadOnlyList<OutputTensor> outputs) => null;
}
