using BioDL.Core.Runs;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Writing;

/// <summary>The section config of a description: bioimage.io's model card, our own words, and StarDist's.</summary>
internal sealed class ConfigWriter(ModelPackage package)
{
    /// <returns>null: nothing is known</returns>
    public YamlNode? Bioimageio()
    {
        if (package.Training is not { } card)
            return null;
        return YamlScalars.Block(("architecture_description", Said(card.Architecture)),
            ("model_parameter_count", card.Parameters > 0 ? YamlScalars.Whole(card.Parameters) : null),
            ("training", YamlScalars.Block(("training_preprocessing", Said(card.Preprocessing)), ("loss_function", Said(card.Loss)),
                ("optimizer", Said(card.Optimizer)), ("learning_rate_schedule", Said(card.Schedule)),
                ("training_batch_size", Known(card.BatchSize)), ("initial_learning_rate", Known(card.Rate)),
                ("training_duration", Known(card.Hours)))));
    }

    /// <returns>null: there is nothing to say</returns>
    public YamlNode? BioDL()
    {
        YamlNode? figures = package.Figures.Count == 0 ? null : new YamlSequenceNode(package.Figures
            .OrderBy(figure => figure.Key, StringComparer.Ordinal).Where(figure => double.IsFinite(figure.Value))
            .Select(figure => YamlScalars.Line(("name", YamlScalars.Text(figure.Key)), ("value", YamlScalars.Number(figure.Value)))));
        YamlMappingNode own = YamlScalars.Block(("made_for", MadeFor(package.Model.MadeFor)), ("parent", Said(package.Parent)),
            ("training_data", Said(package.TrainingData)), ("validation", figures));
        return own.Children.Count > 0 ? own : null;
    }

    /// <returns>null: it is no StarDist model</returns>
    public YamlNode? StarDist() => package.Model.StarDist is not { } star ? null : YamlScalars.Block(
        ("thresholds", YamlScalars.Line(("prob", YamlScalars.Number(star.ProbThreshold)),
            ("nms", YamlScalars.Number(star.OverlapThreshold)))),
        ("border", YamlScalars.Whole(star.Border)),
        ("config", YamlScalars.Line(("n_dim", YamlScalars.Whole(2)), ("n_rays", YamlScalars.Whole(star.Rays)),
            ("grid", YamlScalars.List([YamlScalars.Whole(star.GridY), YamlScalars.Whole(star.GridX)])),
            ("n_channel_in", YamlScalars.Whole(star.Channels)))));

    private static YamlNode? MadeFor(MadeFor? made)
    {
        if (made is null)
            return null;
        YamlNode? diameter = made.Diameter is null && made.Diameters is null ? null
            : YamlScalars.Line(("usual", Number(made.Diameter)), ("min", Number(made.Diameters?.Low)),
                ("max", Number(made.Diameters?.High)));
        YamlMappingNode said = YamlScalars.Block(
            ("objects", made.Ground switch
            {
                Ground.Dark => YamlScalars.Text("bright"),
                Ground.Bright => YamlScalars.Text("dark"),
                _ => null,
            }),
            ("diameter_px", diameter),
            ("diameter_um", made.Micrometres is { } range ? YamlScalars.Line(("min", YamlScalars.Number(range.Low)),
                ("max", YamlScalars.Number(range.High))) : null),
            ("channels", made.Channels.Count > 0 ? YamlScalars.List(made.Channels.Select(YamlScalars.Text)) : null));
        return said.Children.Count > 0 ? said : null;
    }

    private static YamlNode? Said(string? text) => string.IsNullOrEmpty(text) ? null : YamlScalars.Text(text);

    private static YamlNode? Known(double value) => value > 0 ? YamlScalars.Number(value) : null;

    private static YamlNode? Number(double? value) => value is { } known ? YamlScalars.Number(known) : null;
}
