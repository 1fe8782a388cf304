using BioDL.Training.Losses;
using BioDL.Training.Optimization;
using BioDL.Training.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace BioDL.Training.Methods;

/// <summary>
/// pix2pix's PatchGAN (Isola 2017): tells images from made ones, for each of its fields of view of 70 x 70 pixels, by what the image was
/// made of. Three halvings and two convolutions of 4 x 4, half the published channels, each channel of each image normalised by itself,
/// since
/// batches are small. Stacks are looked at plane by plane.
/// </summary>
internal sealed class PatchDiscriminator
{
    private const int Kernel = 4;
    private const double Slope = 0.2;
    private const double Epsilon = 1e-5;

    /// <summary>The deviation of its first weights and its rate of learning, as published.</summary>
    private const double Deviation = 0.02, Rate = 2e-4;

    /// <summary>No step of a training draws with it.</summary>
    private const long DrawnOnce = long.MinValue;

    /// <summary>Channels and strides of its convolutions.</summary>
    private static readonly (int Channels, int Stride)[] Layers = [(32, 2), (64, 2), (128, 2), (256, 1), (1, 1)];

    private readonly AdamW _optimizer;

    /// <param name="channels">of input and image together</param>
    /// <param name="seed">of its first weights</param>
    public PatchDiscriminator(int channels, long seed)
    {
        var random = new PatchRandom(seed, DrawnOnce);
        var parameters = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        int before = channels;
        for (int i = 0; i < Layers.Length; i++)
        {
            int after = Layers[i].Channels;
            float[] weights = [.. Enumerable.Range(0, after * before * Kernel * Kernel).Select(_ => (float)(Deviation * random.Normal()))];
            parameters[Name(i, "weight")] = tensor(weights, [after, before, Kernel, Kernel]).requires_grad_().DetachFromDisposeScope();
            parameters[Name(i, "bias")] = zeros(after).requires_grad_().DetachFromDisposeScope();
            before = after;
        }
        Parameters = parameters;
        _optimizer = new AdamW(parameters, 0);
        State = parameters.Concat(_optimizer.State.Select(pair => KeyValuePair.Create($"discriminator.{pair.Key}", pair.Value)))
            .ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>What it learns, by names such as <c>discriminator.conv0.weight</c>.</summary>
    public IReadOnlyDictionary<string, Tensor> Parameters { get; }

    /// <summary>The same, and what its optimiser keeps.</summary>
    public IReadOnlyDictionary<string, Tensor> State { get; }

    /// <param name="input">what the image was, or should be, made of: (b, c, (z,) y, x)</param>
    /// <param name="image">true or made, same b, z, y, x</param>
    /// <returns>scores, above 0 for true ones: (planes, 1, y / 8 - 2, x / 8 - 2)</returns>
    public Tensor Score(Tensor input, Tensor image)
    {
        Tensor x = Planes(cat([input, image], 1));
        for (int i = 0; i < Layers.Length; i++)
        {
            long stride = Layers[i].Stride;
            x = nn.functional.conv2d(x, Parameters[Name(i, "weight")], Parameters[Name(i, "bias")], [stride, stride], [1, 1]);
            if (i < Layers.Length - 1)
                x = nn.functional.leaky_relu(i == 0 ? x : Normalised(x), Slope);
        }
        return x;
    }

    /// <summary>One step of its own.</summary>
    /// <param name="input">as for <see cref="Score"/></param>
    /// <param name="real">images that belong to it</param>
    /// <param name="made">images that the network made of it</param>
    public void Learn(Tensor input, Tensor real, Tensor made)
    {
        using DisposeScope scope = NewDisposeScope();
        // The network's step has left gradients here too, with the sign that pleases the network.
        _optimizer.Forget();
        AdversarialLosses.Discriminator(Score(input, real), Score(input, made.detach())).backward();
        _optimizer.Step(Rate);
    }

    private static string Name(int layer, string part) => $"discriminator.conv{layer}.{part}";

    private static Tensor Planes(Tensor images) => images.dim() == 4
        ? images
        : images.transpose(1, 2).reshape(-1, images.shape[1], images.shape[3], images.shape[4]);

    private static Tensor Normalised(Tensor x)
    {
        Tensor centred = x - x.mean([2, 3], keepdim: true);
        return centred * (centred.square().mean([2, 3], keepdim: true) + Epsilon).rsqrt();
    }
}
