using BioDL.TensorFlow.Reading;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>A batch of every n-th pixel: TensorFlow's way to write a dilated convolution, undone when its other half is met.</summary>
/// <param name="Source">before it was taken apart</param>
/// <param name="Blocks">dilation along each spatial axis</param>
/// <param name="Padding">before and after along each spatial axis</param>
/// <param name="Convolution">the convolution of it, once that is known</param>
/// <param name="Weights">those of the convolution</param>
internal sealed record SpacedValue(FeatureValue Source, long[] Blocks, SizeTerm[][] Padding, TfNode? Convolution, ConstantValue? Weights)
    : TfValue;
