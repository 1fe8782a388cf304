using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Steps;
using BioDL.Core.Tensors;

namespace BioDL.Core.Road.Passes;

/// <summary>Rows of an image as the values that its pixels mean; NaN where a pixel is no finite number.</summary>
internal static unsafe class ValueReader
{
    /// <param name="view">the image</param>
    /// <param name="part">which number of its pixels</param>
    /// <param name="origin">pixel (0, 0) of its plane, locked</param>
    /// <param name="window">where the rows lie; mirrored beyond the image</param>
    /// <param name="to">the window's first value; a row has <see cref="PlaneWindow.Width"/></param>
    public static void ReadRows(ImageView view, PixelPart part, byte* origin, PlaneWindow window, float* to)
    {
        TileReader.ReadRows(view, origin, window, RawPass.For(view.Type, part), Scaling.None, to);
        if (view.Values.IsIdentity)
            return;
        var transform = new Multiply((float)view.ValueScale, (float)view.ValueOffset);
        for (int row = 0; row < window.Height; row++)
            Elementwise.Run(transform, to + (long)row * window.Width, window.Width);
    }
}
