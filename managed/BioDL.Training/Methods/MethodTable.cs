using BioDL.Core.Training;

namespace BioDL.Training.Methods;

/// <summary>All methods: a further one is a class and a line here.</summary>
internal static class MethodTable
{
    /// <param name="job">what is trained</param>
    /// <param name="folder">of the training: one method looks at whole images before it begins; others do without</param>
    /// <exception cref="NotSupportedException">This worker does not know the method.</exception>
    public static Method Make(TrainingJob job, string folder = "") => job.Method switch
    {
        TrainingMethod.DenoiseImage => new DenoiseImage(job, folder),
        TrainingMethod.Noise2Void => new Noise2Void(job),
        TrainingMethod.Restoration or TrainingMethod.Stain => new Pairs(job),
        TrainingMethod.Semantic => new Semantic(job),
        TrainingMethod.StarDist => new StarDist(job),
        _ => throw new NotSupportedException($"The method {job.Method} is not known to this version of biodl-torch."),
    };
}
