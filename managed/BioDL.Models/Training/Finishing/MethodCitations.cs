using BioDL.Core.Training;
using BioDL.Models.Writing;

namespace BioDL.Models.Training.Finishing;

/// <summary>The works to which a method goes back, which whoever uses its model cites.</summary>
internal static class MethodCitations
{
    /// <param name="job">method and its options</param>
    /// <param name="own">what the user wants cited besides; "": nothing</param>
    public static IReadOnlyList<Citation> Of(TrainingJob job, string own) =>
    [
        .. own.Length > 0 ? [Citation.Of(own)] : Array.Empty<Citation>(),
        .. job.Method switch
        {
            TrainingMethod.DenoiseImage => [new Citation("Liu et al., FM2S: towards spatially-correlated noise modeling in zero-shot "
                + "fluorescence "
                + "microscopy image denoising, 2024", "10.48550/arXiv.2412.10031")],
            TrainingMethod.Noise2Void => Noise2Void(job.Noise2Void),
            TrainingMethod.Restoration => [new Citation("Weigert et al., Content-aware image restoration: pushing the limits of "
                + "fluorescence "
                + "microscopy, Nature Methods 15, 2018", "10.1038/s41592-018-0216-7")],
            TrainingMethod.StarDist => [new Citation("Schmidt et al., Cell detection with star-convex polygons, MICCAI 2018",
                "10.1007/978-3-030-00934-2_30")],
            TrainingMethod.Semantic => [new Citation("Ronneberger et al., U-Net: convolutional networks for biomedical image segmentation, "
                + "MICCAI 2015", "10.1007/978-3-319-24574-4_28")],
            _ => Stain(job.Restoration),
        },
    ];

    private static Citation[] Noise2Void(Noise2VoidOptions options)
    {
        List<Citation> cited = [new Citation("Krull et al., Noise2Void - learning denoising from single noisy images, CVPR 2019",
            "10.1109/CVPR.2019.00223")];
        if (options.Median)
            cited.Add(new Citation("Höck et al., N2V2 - fixing Noise2Void checkerboard artifacts with modified sampling strategies "
                + "and a tweaked "
                + "network architecture, ECCV Workshops 2022", "10.1007/978-3-031-25069-9_33"));
        if (options.StructRadius > 0)
            cited.Add(new Citation("Broaddus et al., Removing structured noise with self-supervised blind-spot networks, ISBI 2020",
                "10.1109/ISBI45749.2020.9098336"));
        return [.. cited];
    }

    private static Citation[] Stain(RestorationOptions options)
    {
        List<Citation> cited = [new Citation("Ounkomol et al., Label-free prediction of three-dimensional fluorescence images from "
            + "transmitted-light microscopy, Nature Methods 15, 2018", "10.1038/s41592-018-0111-2")];
        if (options.Adversarial > 0)
            cited.Add(new Citation("Isola et al., Image-to-image translation with conditional adversarial networks, CVPR 2017",
                "10.1109/CVPR.2017.632"));
        return [.. cited];
    }
}
