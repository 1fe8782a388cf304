using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Road.Passes;
using BioDL.Core.Road.Planning;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Core.Tensors;

namespace BioDL.Tests.Tensors;

/// <summary>
/// Reads a window of an image as the road does for a network of so many channels, each channel normalised by numbers that are given.
/// </summary>
internal static class WindowReader
{
    public static void Read(ImageView view, (int Y, int X, int Height, int Width) window, IReadOnlyList<Scaling> scalings, Tensor into)
    {
        var input = new InputTensor { Name = "input", Axes = "bcyx", Channels = scalings.Count };
        InputMatch match = InputMatch.Of(input, view, null, "the image", channelByChannel: false);
        var chain = new StepChain(new DivideStep([.. scalings], [.. scalings.Select(_ => Undo.Nothing)]));
        using var ours = new Tensor();
        new BlockReader(match, volumes: false, ours)
            .Read(new Sample(0, 0, 0), new ReadWindow(0, window.Y, window.X, 1, window.Height, window.Width), _ => chain, into);
    }
}
