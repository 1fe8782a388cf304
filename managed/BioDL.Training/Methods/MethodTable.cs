using BioDL.Core.Training;

namespace BioDL.Training.Methods;

/// <summary>All methods: a further one is a class and a line here.</summary>
internal static class MethodTable
{
    /// <exception cref="NotSupportedException">This worker does not know the method.</exception>
    public static Method Make(TrainingJob job) => job.Method switch
    {
        TrainingMethod.Restoration or TrainingMethod.Stain => new Pairs(job),
        TrainingMethod.Semantic => new Semantic(job),
        TrainingMethod.StarDist => new StarDist(job),
        _ => throw new NotSupportedException($"The method {job.Method} is not known to this version of biodl-torch."),
    };
}
