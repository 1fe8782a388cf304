using BioDL.Core.Training;
using BioDL.Training.Patches;
using static TorchSharp.torch;

namespace BioDL.Training.Methods;

/// <summary>
/// What is special about a way to train: what a batch is made of, and what is made smaller. One subclass a <see cref="TrainingMethod"/>;
/// <see cref="MethodTable"/> makes them. It keeps nothing from step to step but what <see cref="State"/> gives.
/// </summary>
internal abstract class Method(TrainingJob job)
{
    protected TrainingJob Job => job;

    /// <summary>
    /// After augmentation: hide pixels, make targets, and put arrays into tensors. Called on a thread of its own while the step before
    /// computes, so it uses the arrays of the patches and no operators of libtorch.
    /// </summary>
    /// <param name="patches">all of one size, this call's own to change</param>
    /// <param name="random">of the step; of validation always the same</param>
    /// <param name="training">false: for validation</param>
    public abstract Batch Make(IReadOnlyList<Patch> patches, PatchRandom random, bool training);

    /// <param name="heads">of the network, in the order of the description, before their activation: b, c, (z,) y, x</param>
    /// <param name="batch">they were computed from</param>
    public abstract Loss Loss(Tensor[] heads, Batch batch);

    /// <summary>After the network's weights were changed: what else learns, learns here. Gradients are on.</summary>
    public virtual void AfterStep(Tensor[] heads, Batch batch)
    {
    }

    /// <summary>Figures of a validation batch beside the loss and its parts, such as "psnr"; means over all are shown.</summary>
    public virtual IReadOnlyList<(string Name, double Value)> Validate(Tensor[] heads, Batch batch) => [];

    /// <summary>What a person is shown of an output: b, c, (z,) y, x; its first channel is seen. The first head, activated.</summary>
    public virtual Tensor Shown(Tensor[] heads) => job.Network.Heads[0].Activation switch
    {
        Activation.Sigmoid => heads[0].sigmoid(),
        Activation.Tanh => heads[0].tanh(),
        Activation.Relu => heads[0].relu(),
        Activation.Softmax => heads[0].argmax(1, keepdim: true),
        _ => heads[0],
    };

    /// <summary>Tensors that learn beside the network, by name: kept in checkpoints, restored in place. None: it keeps nothing.</summary>
    public virtual IReadOnlyDictionary<string, Tensor> State => new Dictionary<string, Tensor>();
}
