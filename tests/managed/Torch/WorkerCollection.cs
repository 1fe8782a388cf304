namespace BioDL.Tests.Torch;

/// <summary>Tests that end the worker and change its limits; no others run meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WorkerCollection
{
    public const string Name = "worker";
}
