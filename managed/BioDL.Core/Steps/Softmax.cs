namespace BioDL.Core.Steps;

/// <summary>e^x over the sum of e^x of all channels of the pixel.</summary>
public sealed record Softmax : PixelOperation
{
    internal const string Name = "softmax";

    public override string Id => Name;

    internal override bool IsInvertible => false;

    internal static Softmax Read(IOperationOptions options)
    {
        options.MustBeChannelAxis("axis", otherwise: true);
        return new Softmax();
    }

    public override void Say(IOperationWriter writer) => writer.ChannelAxis();

    internal override Step[] Compile(int channels, IStatisticSource statistics) => [new SoftmaxStep()];
}
