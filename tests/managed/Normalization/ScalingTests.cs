using BioDL.Core.Normalization;

namespace BioDL.Tests.Normalization;

public class ScalingTests
{
    /// <summary>
    /// Bits of csbdeep's normalize_mi_ma, (x - mi) / (ma - mi + eps) in float32, for mi 123.4 and ma 3021.7 in NumPy 1.24.
    /// </summary>
    [Theory]
    [InlineData(0, 0xbd2e64e3)]
    [InlineData(7, 0xbd24805c)]
    [InlineData(300, 0x3d79941e)]
    [InlineData(65535, 0x41b48d38)]
    [InlineData(1000, 0x3e9adb24)]
    public void EqualsTheReferenceInEveryBit(float x, uint expected)
    {
        var scaling = Scaling.FromRange(123.4, 3021.7);
        Assert.Equal(expected, BitConverter.SingleToUInt32Bits((x - scaling.Offset) / scaling.Divisor));
    }

    [Fact]
    public void AnEmptyRangeDividesByEpsilon()
    {
        var scaling = Scaling.FromRange(1, 1);
        Assert.Equal(0x60ad78ecu, BitConverter.SingleToUInt32Bits((2 - scaling.Offset) / scaling.Divisor));
        Assert.Equal(1e-6f, Scaling.FromRange(5, 5, 1e-6).Divisor);
    }
}
