using System.Globalization;
using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Core.Training;
using BioDL.Graphs.UNets;
using BioDL.Models.Descriptions;

namespace BioDL.Models.Training.Finishing;

/// <summary>What a training's network is to those who run it: the description that its package will be read as.</summary>
/// <param name="job">it was trained by</param>
/// <param name="about">name, credits and what the images showed</param>
internal sealed class TrainedModel(TrainingJob job, TrainingAbout about)
{
    /// <summary>Normalised values that hardly vary are not blown up; StarDist's own.</summary>
    private const double Epsilon = 1e-20;

    /// <summary>Objects at the image's edge have their highest probability inside: no more than the outermost ring is left out.</summary>
    private const int Border = 1;

    private const string InputName = "input";

    private readonly UNet _network = job.Network;

    private string Axes => _network.Dimensions == 3 ? "bczyx" : "bcyx";

    /// <param name="thresholds">StarDist's; null: not yet known, or no StarDist network</param>
    public ModelDescription Description(ThresholdChoice? thresholds) => new()
    {
        Name = about.Name, Version = "1.0.0", Licence = about.Credits.Licence,
        Description = about.Credits.Description.Length > 0 ? about.Credits.Description : Summary(), Citation = about.Credits.Citation,
        Task = job.Method switch
        {
            TrainingMethod.StarDist => ModelTask.Segment,
            TrainingMethod.Stain => ModelTask.Stain,
            TrainingMethod.Semantic => ModelTask.Other,
            _ => ModelTask.Denoise,
        },
        Tags = ["biodl", job.Method.Id(), _network.Dimensions == 3 ? "3d" : "2d", "unet"],
        MadeFor = MadeFor(), Inputs = [Input()], Outputs = [.. _network.Heads.Select(Output)],
        StarDist = job.Method == TrainingMethod.StarDist ? StarDist(thresholds) : null,
    };

    /// <summary>One sentence.</summary>
    public string Summary()
    {
        int images = job.Samples.Count(sample => !sample.IsValidation);
        string what = job.Method switch
        {
            TrainingMethod.DenoiseImage => "Removes the noise of one image, to which it was fitted",
            TrainingMethod.Noise2Void => "Removes noise; trained on noisy images alone (Noise2Void)",
            TrainingMethod.Restoration => "Restores images; trained on pairs",
            TrainingMethod.StarDist => "Finds star-convex objects (StarDist)",
            TrainingMethod.Semantic => "Tells classes of pixels",
            _ => "Predicts a stain from another image of the same field",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{what}. {images} image(s), {job.Schedule.Steps} steps at most, BioDLNative.");
    }

    private InputTensor Input()
    {
        int[] divisor = UNetTopology.Divisor(_network);
        AxisSizes Sizes(int fromEnd) => new(divisor[^fromEnd], divisor[^fromEnd]);
        return new InputTensor
        {
            Name = InputName, Id = InputName, Axes = Axes, Channels = _network.Channels, Y = Sizes(2), X = Sizes(1),
            Z = _network.Dimensions == 3 ? Sizes(3) : AxisSizes.One, Preprocessing = Preprocessing(),
        };
    }

    private IReadOnlyList<PixelOperation> Preprocessing()
    {
        StatisticAxes over = (job.InputValues.Joint ? StatisticAxes.Channel : StatisticAxes.Plane)
            | (_network.Dimensions == 3 ? StatisticAxes.Slices : StatisticAxes.Plane);
        return job.InputValues.Kind switch
        {
            ValueRuleKind.Percentiles => [new ScaleRange(job.InputValues.Low, job.InputValues.High, over, Epsilon)],
            ValueRuleKind.MeanDeviation => [new ZeroMeanUnitVariance(over, Epsilon)],
            _ => [],
        };
    }

    private OutputTensor Output(UNetHead head)
    {
        AxisLink Link(int fromEnd) => new(1.0 / _network.Grid[^fromEnd], 0);
        bool spread = job.Restoration.Probabilistic && head.Name == "scale";
        bool image = job.Method is not (TrainingMethod.StarDist or TrainingMethod.Semantic) && head == _network.Heads[0];
        return new OutputTensor
        {
            Name = head.Name, Id = head.Name, Axes = Axes, Channels = head.Channels, Reference = InputName, Y = Link(2), X = Link(1),
            Z = _network.Dimensions == 3 ? Link(3) : AxisLink.Same, Kind = image ? OutputKind.Image : OutputKind.Values,
            RestoresInput = image && job.Method != TrainingMethod.Stain, SpreadChannels = spread ? head.Channels : 0,
        };
    }

    private StarDistDescription StarDist(ThresholdChoice? thresholds)
    {
        int[] divisor = UNetTopology.Divisor(_network);
        var usual = new StarDistDescription();
        return new StarDistDescription
        {
            Channels = _network.Channels, Rays = job.StarDist.Rays, GridY = _network.Grid[0], GridX = _network.Grid[1],
            DivisorY = divisor[0], DivisorX = divisor[1], MinY = divisor[0], MinX = divisor[1],
            PercentileLow = job.InputValues.Low, PercentileHigh = job.InputValues.High, Epsilon = Epsilon,
            JointChannels = job.InputValues.Joint, ProbThreshold = thresholds?.Prob ?? usual.ProbThreshold,
            OverlapThreshold = thresholds?.Overlap ?? usual.OverlapThreshold, Border = Border,
            InputName = InputName, ProbName = "prob", DistName = "dist", ClassName = _network.Heads.Count > 2 ? _network.Heads[2].Name : "",
        };
    }

    private MadeFor? MadeFor()
    {
        if (about.Objects is not { } objects)
            return null;
        double size = about.PixelSize;
        return new MadeFor
        {
            Ground = objects.AreBright ? Ground.Dark : Ground.Bright, Diameter = objects.Diameter,
            Diameters = new SizeRange(objects.SmallDiameter, objects.LargeDiameter),
            Micrometres = size > 0 ? new SizeRange(Math.Round(size * objects.SmallDiameter, 2), Math.Round(size * objects.LargeDiameter, 2))
                : null,
        };
    }
}
