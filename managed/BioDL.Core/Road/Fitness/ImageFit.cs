using BioDL.Core.Images;
using BioDL.Core.Road.Planning;
using BioDL.Core.Runs;

namespace BioDL.Core.Road.Fitness;

/// <summary>
/// Says in words where an image is not of the kind that a model was made for. One plane is looked at, the middle one; a block of a larger
/// whole is not judged.
/// </summary>
internal static class ImageFit
{
    /// <exception cref="BioDLException"><see cref="Status.Host"/>: the plane could not be read.</exception>
    public static IEnumerable<string> Misfits(RunJob job)
    {
        RunOptions options = job.Options;
        if (options.PercentileValues is not null || options.WholeImage)
            yield break;
        ImageView shape = job.Match.Shape;
        var middle = new Sample(shape.Frames / 2, shape.Slices / 2, 0);
        if (job.Network.MadeFor is { } made)
        {
            if (Colours(job) is { } colours)
                yield return colours;
            if (GroundOf(job, made, middle) is { } ground)
                yield return ground;
            if (Sizes(job, made) is { } sizes)
                yield return sizes;
        }
        if (ChannelWords.Misfit(job, Name(job)) is { } channels)
            yield return channels;
        if (options.Normalize)
            foreach (InputMatch input in job.Match.Inputs.Where(input => FixedScale.Begins(input.Tensor.Preprocessing)))
                if (Scale(input, middle) is { } scale)
                    yield return scale;
    }

    private static string? Colours(RunJob job) => job.Match.Inputs[0].IsGrey && job.Network.MadeFor!.Ground == Ground.Dark
        && HasColours(job.Match.Inputs[0].View)
        ? $"The image is RGB, and {Name(job)} was made for one channel of fluorescence: it sees the mean of red, green and blue. "
            + "Split the channels and use the one with the objects."
        : null;

    /// <summary>A grey picture saved as RGB has none.</summary>
    private static unsafe bool HasColours(ImageView view)
    {
        int step = Math.Max(1, (int)Math.Sqrt(view.PixelsPerPlane / 65536.0));
        using PlaneLock plane = view.Lock(view.PlaneNumber(view.Frames / 2, view.Slices / 2));
        for (int y = 0; y < view.Height; y += step)
            for (int x = 0; x < view.Width; x += step)
            {
                uint pixel = *(uint*)plane.Pixel(y, x), red = pixel >> 16 & 0xff, green = pixel >> 8 & 0xff, blue = pixel & 0xff;
                if (red != green || green != blue)
                    return true;
            }
        return false;
    }

    private static string? GroundOf(RunJob job, MadeFor made, Sample middle)
    {
        InputMatch input = job.Match.Inputs[0];
        if (made.Ground == Ground.Unknown || PlaneSample.Of(input, input.Channels(0)[0], middle) is not { } sample)
            return null;
        Ground ground = GroundMeasure.Of(sample);
        if (ground == Ground.Unknown || ground == made.Ground)
            return null;
        string kind = made.Ground == Ground.Dark ? "bright objects on a dark ground" : "dark objects on a bright ground";
        bool turned = input.Turn is not null;
        string seen = (ground == Ground.Bright ? "bright" : "dark") + (turned ? " once its intensities are turned over" : "");
        string remedy = "use a model for such images" + (turned ? ", or turn \"dark objects\" off if they are bright"
            : ground == Ground.Bright ? ", or turn on \"dark objects\", which turns its intensities over" : "");
        return $"The ground of the image is {seen}, and {Name(job)} was made for {kind}: what it finds may be no objects. If the image is "
            + $"as it should be, {remedy}.";
    }

    /// <summary>Objects of the size in pixels that the model knows best would have an impossible size.</summary>
    private static string? Sizes(RunJob job, MadeFor made)
    {
        double pixel = Math.Sqrt(job.Options.PixelSize.Y * job.Options.PixelSize.X) * (job.Match.Sampling?.Pitch ?? 1);
        if (!(pixel > 0) || made is not { Diameter: { } usual, Micrometres: { } micrometres } || micrometres.Holds(usual * pixel))
            return null;
        return FormattableString.Invariant($"Objects of {usual:0.#} pixels, which {Name(job)} knows best, are {usual * pixel:0.##} um here")
            + $", and it was made for objects of {micrometres} um. Give the diameter of the objects, so that the image is brought to "
            + "the model's scale, or check the size of the pixels.";
    }

    private static string? Scale(InputMatch input, Sample middle)
    {
        int[] channels = input.Channels(0);
        for (int c = 0; c < channels.Length; c++)
            if (PlaneSample.Of(input, channels[c], middle) is { } sample
                && FixedScale.Misfit(input.Tensor.Preprocessing, c, sample.Values) is { } misfit)
                return $"The image is not on the intensity scale of the model: {misfit}. Results may be far off: bring its intensities to "
                    + "the scale of the images that the model was trained with, or use a model for this kind of image.";
        return null;
    }

    private static string Name(RunJob job) => job.Network.Name.Length > 0 ? $"\"{job.Network.Name}\"" : "the model";
}
