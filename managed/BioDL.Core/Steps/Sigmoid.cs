namespace BioDL.Core.Steps;

/// <summary>1 / (1 + e^-x).</summary>
public sealed record Sigmoid : PixelOperation
{
    internal const string Name = "sigmoid";

    public override string Id => Name;

    internal override bool IsInvertible => false;

    internal override Step[] Compile(int channels, IStatisticSource statistics) => [new FunctionStep<Logistic>()];
}
