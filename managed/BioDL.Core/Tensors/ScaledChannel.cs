using BioDL.Core.Images;
using BioDL.Core.Normalization;

namespace BioDL.Core.Tensors;

/// <summary>One channel of a network's input: what it reads and how it is normalised.</summary>
public readonly record struct ScaledChannel(InputChannel Source, Scaling Scaling);
