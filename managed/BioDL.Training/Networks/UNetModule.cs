using BioDL.Core;
using BioDL.Core.Training;
using BioDL.Graphs.UNets;
using TorchSharp;
using static TorchSharp.torch;

namespace BioDL.Training.Networks;

/// <summary>
/// A network that is trained: tensors by the names of <see cref="UNetParameters"/> and functions of libtorch over them, no modules, since
/// those find their parameters by reflection, which is trimmed away.
/// </summary>
public sealed class UNetModule : IDisposable
{
    private readonly UNet _net;
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly UNetTensorMaker _maker;

    /// <param name="net">any member of the family</param>
    /// <param name="weights">where it begins: <see cref="UNetWeights.Random"/> or those of a start model</param>
    /// <param name="device">null: the processor</param>
    /// <param name="type">float32; float64 for checks of gradients</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: the weights do not fit.</exception>
    public UNetModule(UNet net, IReadOnlyDictionary<string, float[]> weights, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        _net = net;
        UNetParameters.Check(net, weights);
        IReadOnlyList<UNetParameter> table = UNetParameters.Of(net);
        foreach (UNetParameter parameter in table)
        {
            using Tensor values = tensor(weights[parameter.Name], [.. parameter.Shape.Select(size => (long)size)]);
            Tensor own = values.to(type, device ?? CPU, copy: true).DetachFromDisposeScope();
            _tensors[parameter.Name] = parameter.IsTrained ? own.requires_grad_() : own;
        }
        Parameters = table.Where(parameter => parameter.IsTrained)
            .ToDictionary(parameter => parameter.Name, parameter => _tensors[parameter.Name], StringComparer.Ordinal);
        _maker = new UNetTensorMaker(_tensors);
    }

    /// <summary>Tensors that are trained, by name, in the order of the table.</summary>
    public IReadOnlyDictionary<string, Tensor> Parameters { get; }

    /// <summary>All tensors, the running means and variances of batch norms too, by name, in the order of the table.</summary>
    public IReadOnlyDictionary<string, Tensor> State => _tensors;

    /// <summary>Batch norms take the batch's own statistics and gather them; false: those that were gathered.</summary>
    public bool Trains
    {
        get => _maker.Trains;
        set => _maker.Trains = value;
    }

    /// <summary>The heads, in order, before their activations.</summary>
    /// <param name="input">(n, channels, (z,) y, x), sides multiples of <see cref="UNetTopology.Divisor"/></param>
    /// <exception cref="ArgumentException">The input does not fit.</exception>
    public Tensor[] Forward(Tensor input)
    {
        CheckSize(input.shape);
        using DisposeScope scope = NewDisposeScope();
        Tensor[] heads = UNetTopology.Build(_net, input, _maker);
        foreach (Tensor head in heads)
            head.MoveToOuterDisposeScope();
        return heads;
    }

    /// <summary>Values of all tensors, for <see cref="UNetOnnx"/> and checkpoints.</summary>
    public Dictionary<string, float[]> Weights() =>
        _tensors.ToDictionary(pair => pair.Key, pair => Values(pair.Value), StringComparer.Ordinal);

    /// <summary>Take other values, in place: an optimiser keeps the tensors that it knows.</summary>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: the weights do not fit.</exception>
    public void Load(IReadOnlyDictionary<string, float[]> weights)
    {
        UNetParameters.Check(_net, weights);
        using var untracked = no_grad();
        foreach ((string name, Tensor own) in _tensors)
        {
            using Tensor values = tensor(weights[name], own.shape);
            own.copy_(values);
        }
    }

    public void Dispose()
    {
        foreach (Tensor tensor in _tensors.Values)
            tensor.Dispose();
    }

    private static float[] Values(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        return [.. tensor.detach().cpu().to(ScalarType.Float32).contiguous().data<float>()];
    }

    /// <summary>libtorch would pool what is left of a row, and the join further up would then not fit.</summary>
    private void CheckSize(long[] shape)
    {
        int[] divisor = UNetTopology.Divisor(_net);
        bool fits = shape.Length == _net.Dimensions + 2 && shape[1] == _net.Channels
            && divisor.Zip(shape.Skip(2)).All(side => side.Second > 0 && side.Second % side.First == 0);
        if (!fits)
        {
            throw new ArgumentException($"({string.Join(", ", shape)}) does not fit a network of (n, {_net.Channels}, sides in "
                + "multiples of "
                + $"{string.Join(", ", divisor)})", nameof(shape));
        }
    }
}
