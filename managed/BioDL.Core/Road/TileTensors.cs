using BioDL.Core.Road.Passes;
using BioDL.Core.Road.Planning;
using BioDL.Core.Road.Sinks;
using BioDL.Core.Tensors;
using BioDL.Core.Tiles;

namespace BioDL.Core.Road;

/// <summary>
/// The tensors of one tile: the network's inputs and outputs, and copies in our order of axes of those that have another.
/// </summary>
internal sealed class TileTensors : IDisposable
{
    private readonly RunJob _job;
    private readonly BlockReader[] _readers;
    private readonly Tensor[] _given;
    private readonly TensorSize[] _sizes;
    private readonly TensorSet _ours = TensorSet.Rent();
    private TensorSet _theirs = TensorSet.Rent();

    public TileTensors(RunJob job)
    {
        _job = job;
        Inputs = new Tensor[job.Match.Inputs.Length];
        Outputs = new Tensor[job.Outputs.Length];
        (_given, _sizes) = (new Tensor[job.Outputs.Length], new TensorSize[job.Outputs.Length]);
        _readers = [.. job.Match.Inputs.Select((input, i) => new BlockReader(input, job.Match.Volumes, _ours[i]))];
        Place();
    }

    public Tensor[] Inputs { get; }

    public Tensor[] Outputs { get; }

    /// <summary>Where the network that was loaded wants its tensors.</summary>
    public void PlaceIn(ITensorMemory? memory)
    {
        if (_theirs.Memory == memory)
            return;
        _theirs.Return();
        _theirs = TensorSet.Rent(memory);
        Place();
    }

    /// <summary>For inputs that do not hold every float32.</summary>
    public IEnumerable<ElementFit> Fits => _readers.Select(reader => reader.Fit).OfType<ElementFit>();

    /// <summary>Fill an input.</summary>
    /// <returns>bytes of pixels read</returns>
    public long Read(int input, Sample sample, ReadWindow window, SampleChains chains) =>
        _readers[input].Read(sample, window, slice => chains[input, slice], Inputs[input]);

    /// <summary>Give the outputs the sizes that they have for a tile.</summary>
    public void Expect(Block block)
    {
        for (int i = 0; i < Outputs.Length; i++)
        {
            _sizes[i] = _job.OutputSize(i, block);
            AxisOrder.Reshape(Outputs[i], _job.Network.Outputs[i].Axes, _sizes[i]);
        }
    }

    /// <summary>What the network gave, in our order.</summary>
    public unsafe TensorBlock Given()
    {
        for (int i = 0; i < Outputs.Length; i++)
        {
            var (output, size) = (_job.Network.Outputs[i], _sizes[i]);
            _given[i] = Outputs[i];
            if (AxisOrder.IsOurs(output.Axes, output.Channels) || !_job.Wanted[i])
                continue;
            _given[i] = _ours[Inputs.Length + i];
            _given[i].Reshape(size.C, size.Z, size.Y, size.X);
            AxisOrder.FromNetwork(Outputs[i].Data, _given[i].Data, output.Axes, size);
        }
        return new TensorBlock(_given, _sizes);
    }

    public void Free()
    {
        _theirs.Free();
        _ours.Free();
    }

    public void Dispose()
    {
        _theirs.Return();
        _ours.Return();
    }

    private void Place()
    {
        for (int i = 0; i < Inputs.Length; i++)
            Inputs[i] = _theirs[i];
        for (int i = 0; i < Outputs.Length; i++)
            Outputs[i] = _theirs[Inputs.Length + i];
    }
}
