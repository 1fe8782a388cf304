using static TorchSharp.torch;

namespace BioDL.Training.Methods;

/// <summary>What a step makes smaller.</summary>
/// <param name="Total">one number, with its gradient</param>
/// <param name="Parts">of it, by the names under which they are shown, such as "prob" and "dist"; none where there is but one</param>
internal sealed record Loss(Tensor Total, params (string Name, Tensor Value)[] Parts);
