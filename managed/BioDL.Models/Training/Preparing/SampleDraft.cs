using BioDL.Core.Images;
using BioDL.Core.Runs;

namespace BioDL.Models.Training.Preparing;

/// <summary>One picture of a training before its pixels are read: a region of a plane, or of all slices of a frame.</summary>
/// <param name="Image">it is a part of</param>
/// <param name="Frame">from 0</param>
/// <param name="Slice">from 0; -1: all, as a volume</param>
/// <param name="Region">of each plane</param>
/// <param name="IsValidation">for checks only</param>
internal sealed record SampleDraft(TrainingImage Image, int Frame, int Slice, PlaneRegion Region, bool IsValidation)
{
    /// <summary>What has a shorter side shows nothing that a network could learn from.</summary>
    public const int LeastSide = 16;

    public bool IsVolume => Slice < 0;

    public int FirstSlice => Math.Max(0, Slice);

    public int Slices => IsVolume ? Image.Input.Slices : 1;

    public long Pixels => (long)Slices * Region.Height * Region.Width;

    public bool IsWholePlane => Region.Height == Image.Input.Height && Region.Width == Image.Input.Width;

    /// <summary>For messages: the image, and which part of it where it has several.</summary>
    public string Name
    {
        get
        {
            ImageView view = Image.Input;
            string frame = view.Frames > 1 ? $", frame {Frame + 1}" : "", slice = view.Slices > 1 && !IsVolume
                ? $", slice {Slice + 1}" : "";
            return Image.Name + frame + slice;
        }
    }
}
