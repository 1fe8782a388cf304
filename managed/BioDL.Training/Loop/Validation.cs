using BioDL.Core.Training;
using BioDL.Training.Methods;
using BioDL.Training.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace BioDL.Training.Loop;

/// <summary>How good a network is on what it is not trained on: the same patches each time.</summary>
internal sealed class Validation
{
    private const int MostPixels = 1 << 22, LeastPatches = 4, MostPatches = 64;

    private readonly Learner _learner;
    private readonly IReadOnlyList<Patch> _patches;
    private readonly Patch _shown;
    private readonly TrainingJob _job;

    public Validation(Learner learner, PatchSource source, TrainingJob job)
    {
        _learner = learner;
        _job = job;
        int pixels = job.Patches.Size.Aggregate(1, (product, size) => product * size);
        _patches = source.Validation(Math.Clamp(MostPixels / pixels, LeastPatches, MostPatches));
        _shown = _patches.Count > 0 ? _patches[_patches.Count / 2] : source.Draw(1, Random)[0];
    }

    /// <summary>There is something to validate on.</summary>
    public bool IsPossible => _patches.Count > 0;

    private PatchRandom Random => new(_job.Seed, 0);

    /// <summary>"loss", its parts and the method's figures, as means over all patches. The network is at rest.</summary>
    /// <param name="batch">patches at once</param>
    public Dictionary<string, double> Run(int batch)
    {
        var means = new Means();
        PatchRandom random = Random;
        foreach (Patch[] patches in _patches.Chunk(batch))
        {
            using DisposeScope scope = NewDisposeScope();
            using Batch made = Make(patches, random);
            Tensor[] heads = _learner.Network.Forward(made.Input);
            means.Add(Learner.Values(_learner.Method.Loss(heads, made)).Concat(_learner.Method.Validate(heads, made)), patches.Length);
        }
        return means.Take();
    }

    /// <summary>One patch with what the network makes of it: planes by name, all of the same size; of a volume the middle one.</summary>
    public (TrainingPictureHeader Header, float[][] Planes) Picture(int step)
    {
        using DisposeScope scope = NewDisposeScope();
        using Batch made = Make([_shown], Random);
        int height = _shown.Size[^2], width = _shown.Size[^1];
        Tensor shown = _learner.Method.Shown(_learner.Network.Forward(made.Input));
        List<(string Name, Tensor Values)> all = [("input", made.Input), ("prediction", shown)];
        if (made.Targets.Count > 0)
            all.Add(("target", made.Targets[0]));
        return (new TrainingPictureHeader(step, height, width, [.. all.Select(one => one.Name)]),
            [.. all.Select(one => Plane(one.Values, height, width))]);
    }

    /// <summary>Methods may change patches, so they get copies.</summary>
    private Batch Make(IReadOnlyList<Patch> patches, PatchRandom random)
    {
        Patch[] copies = [.. patches.Select(patch => patch.Copy())];
        new Augmenter(_job).ApplyToValidation(copies, random);
        return _learner.Method.Make(copies, random, training: false);
    }

    /// <summary>The first channel, enlarged to the input's size where a network has a grid.</summary>
    private static float[] Plane(Tensor values, int height, int width)
    {
        Tensor first = values[0, 0].to(ScalarType.Float32);
        Tensor plane = first.dim() == 3 ? first[first.shape[0] / 2] : first;
        long down = height / plane.shape[0], across = width / plane.shape[1];
        return [.. plane.repeat_interleave(down, 0).repeat_interleave(across, 1).contiguous().data<float>()];
    }
}
