using BioDL.Core.Tensors;

namespace BioDL.Core.Road.Sinks;

/// <summary>
/// What the network gave for one tile: each output that a sink reads, in our order of axes (c, z, y, x), and its sizes. The tensors live
/// until
/// the next tile.
/// </summary>
internal readonly ref struct TensorBlock(ReadOnlySpan<Tensor> tensors, ReadOnlySpan<TensorSize> sizes)
{
    private readonly ReadOnlySpan<Tensor> _tensors = tensors;
    private readonly ReadOnlySpan<TensorSize> _sizes = sizes;

    public Tensor Tensor(int output) => _tensors[output];

    public TensorSize Size(int output) => _sizes[output];
}
