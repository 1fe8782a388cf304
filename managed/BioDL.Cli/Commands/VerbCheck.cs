using BioDL.Core;
using BioDL.Core.Prediction;
using BioDL.Models;

namespace BioDL.Cli.Commands;

/// <summary>Whether a verb is the right one for a model; where it is not, the error names the one that is.</summary>
internal static class VerbCheck
{
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/></exception>
    internal static void Require(PredictVerb verb, ModelDescription model)
    {
        bool restores = model.Outputs.Any(output => output.RestoresInput), images = model.Outputs.Any(output => output.Kind == OutputKind.Image);
        if (verb == PredictVerb.Run)
            return;
        if (model.StarDist is not null)
            throw Wrong(verb, model, "finds star-convex objects", "biodl segment, or 'biodl run' for its probabilities and distances");
        if (verb == PredictVerb.Denoise && !restores && model.Task != ModelTask.Denoise)
            throw Wrong(verb, model, "does not restore its input", model.Task == ModelTask.Stain ? "biodl stain" : "biodl run");
        if (verb == PredictVerb.Stain && model.Task == ModelTask.Denoise)
            throw Wrong(verb, model, "restores its input", "biodl denoise");
        if (verb == PredictVerb.Stain && model.Task != ModelTask.Stain && !images)
            throw Wrong(verb, model, "predicts no image", "biodl run");
    }

    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/></exception>
    internal static void RequireStarDist(ModelDescription model)
    {
        if (model.StarDist is not null)
            return;
        string right = model.Task switch { ModelTask.Denoise => "biodl denoise", ModelTask.Stain => "biodl stain", _ => "biodl run" };
        throw Wrong("segment", model, "is no StarDist model", right);
    }

    private static BioDLException Wrong(PredictVerb verb, ModelDescription model, string what, string right) => Wrong(verb.ToString().ToLowerInvariant(), model, what, right);

    private static BioDLException Wrong(string verb, ModelDescription model, string what, string right) => new(Status.InvalidArgument,
        $"{(model.Name.Length > 0 ? model.Name : model.Source)} {what}: it is no model for 'biodl {verb}'", $"Use '{right}'.");
}
