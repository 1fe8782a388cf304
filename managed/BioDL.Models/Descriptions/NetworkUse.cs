namespace BioDL.Models.Descriptions;

/// <summary>What a user says of a network that comes without a description.</summary>
public enum NetworkUse
{
    /// <summary>Nothing is said: its values are raw, and it is for no command but `run`.</summary>
    Unknown = 0,

    /// <summary>It restores raw values.</summary>
    Denoise = 1,

    /// <summary>It restores what CARE normalises: percentiles 2 and 99.8 of each channel; results are scaled back.</summary>
    Care = 2,

    /// <summary>It restores what Noise2Void normalises: the image's mean and deviation of each channel; results are scaled back.</summary>
    Noise2Void = 3,

    /// <summary>It makes a stain of raw values.</summary>
    Stain = 4,
}
