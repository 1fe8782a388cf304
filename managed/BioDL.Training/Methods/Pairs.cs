using BioDL.Core.Training;
using BioDL.Training.Losses;
using BioDL.Training.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace BioDL.Training.Methods;

/// <summary>
/// Images from images of the same field: restoration (CARE, Weigert 2018) and virtual stains (Christiansen 2018, Ounkomol 2018) differ by
/// their data alone. The loss is the absolute difference, or with a second head for its scale the Laplace likelihood; in parts multi-scale
/// structural similarity, which keeps edges (Zhao 2017, arXiv 1511.08861), and pix2pix's adversary, which keeps texture and invents it.
/// </summary>
internal sealed class Pairs : Method
{
    /// <summary>Below the rounding of float32 values near 1.</summary>
    private const double LeastError = 1e-12;

    /// <summary>
    /// Of a target that shows something, for a range of about 1: an empty field of a normalised fluorescence image has 0.01.
    /// </summary>
    private const double LeastDeviation = 0.05;

    private readonly RestorationOptions _options;
    private readonly double _structural;
    private readonly PatchDiscriminator? _discriminator;

    public Pairs(TrainingJob job)
        : base(job)
    {
        _options = job.Restoration;
        _structural = _options.StructuralSimilarity ?? 0;
        if (_options.Adversarial > 0)
            _discriminator = new PatchDiscriminator(job.Network.Channels + job.Network.Heads[0].Channels, job.Seed);
    }

    public override IReadOnlyDictionary<string, Tensor> State => _discriminator?.State ?? base.State;

    public override Batch Make(IReadOnlyList<Patch> patches, PatchRandom random, bool training) =>
        new(Batch.Stack(patches, patches[0].Channels, patch => patch.Input),
            [Batch.Stack(patches, patches[0].TargetChannels, patch => patch.Target!)], patches);

    public override Loss Loss(Tensor[] heads, Batch batch)
    {
        Tensor output = heads[0], target = batch.Targets[0];
        var (name, values) = _options switch
        {
            { Probabilistic: true } => ("laplace", PixelLosses.Laplace(output, heads[1], target)),
            { Logarithmic: true } => ("log", PixelLosses.LogSquared(output, target)),
            _ => ("l1", PixelLosses.Absolute(output, target)),
        };
        List<(string Name, Tensor Value)> parts = [(name, values)];
        Tensor total = (1 - _structural) * values;
        if (_structural > 0)
        {
            Tensor structure = 1 - StructuralSimilarity.Multiscale(output, target);
            parts.Add(("structure", structure));
            total += _structural * structure;
        }
        if (_discriminator is not null)
        {
            Tensor adversarial = AdversarialLosses.Generator(_discriminator.Score(batch.Input, output));
            parts.Add(("adversarial", adversarial));
            total += _options.Adversarial * adversarial;
        }
        return new Loss(total, parts.Count > 1 ? [.. parts] : []);
    }

    public override void AfterStep(Tensor[] heads, Batch batch) => _discriminator?.Learn(batch.Input, batch.Targets[0], heads[0]);

    /// <summary>
    /// Peak signal to noise for a range of 1, which normalised images have about; Pearson's correlation, where there is more to be met than
    /// the noise of a background; structural similarity, where its window fits.
    /// </summary>
    public override IReadOnlyList<(string Name, double Value)> Validate(Tensor[] heads, Batch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor output = heads[0].detach(), target = batch.Targets[0];
        double error = PixelLosses.Squared(output, target).ToDouble();
        List<(string, double)> figures = [("psnr", -10 * Math.Log10(Math.Max(error, LeastError)))];
        if (target.std().ToDouble() > LeastDeviation)
            figures.Add(("correlation", Correlation(output, target)));
        if (StructuralSimilarity.Fits(output))
            figures.Add(("ssim", StructuralSimilarity.OneScale(output, target).ToDouble()));
        return figures;
    }

    /// <summary>Of each channel over the batch, their mean; 0 where nothing varies.</summary>
    private static double Correlation(Tensor output, Tensor target)
    {
        Tensor a = Centred(output), b = Centred(target);
        return ((a * b).sum(1) / (a.square().sum(1) * b.square().sum(1)).sqrt().clamp_min(LeastError)).mean().ToDouble();
    }

    /// <summary>(channels, values), mean 0.</summary>
    private static Tensor Centred(Tensor images)
    {
        Tensor channels = images.transpose(0, 1).reshape(images.shape[1], -1);
        return channels - channels.mean([1], keepdim: true);
    }
}
