using BioDL.Core;

namespace BioDL.Cli.Images;

/// <summary>A diameter of objects, in pixels of the image or in micrometres.</summary>
internal sealed record ObjectSize(double Diameter, bool IsMicrometres)
{
    /// <param name="pixel">micrometres of the image's pixels along z, y and x; 0: not known</param>
    /// <param name="image">for the error</param>
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: micrometres, and the pixels' size is not known.</exception>
    internal double InPixels((double Z, double Y, double X) pixel, string image)
    {
        if (!IsMicrometres)
            return Diameter;
        double side = Math.Sqrt(pixel.Y * pixel.X);
        return side > 0 ? Diameter / side : throw new BioDLException(Status.InvalidArgument,
            $"--object-diameter is in micrometres, and {image} does not say how large its pixels are", "Give it in pixels.");
    }
}
