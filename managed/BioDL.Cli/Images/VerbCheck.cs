using BioDL.Core;
using BioDL.Core.Runs;
using BioDL.Models.Descriptions;

namespace BioDL.Cli.Images;

/// <summary>Whether a verb is the right one for a model; where it is not, the error names the one that is.</summary>
internal static class VerbCheck
{
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/></exception>
    internal static void Require(ImageVerb verb, ModelDescription model)
    {
        bool restores = model.Outputs.Any(output => output.RestoresInput);
        bool images = model.Outputs.Any(output => output.Kind == OutputKind.Image);
        if (verb == ImageVerb.Run || (verb == ImageVerb.Segment && model.StarDist is not null))
            return;
        if (verb == ImageVerb.Segment)
        {
            string right = model.Task switch { ModelTask.Denoise => "biodl denoise", ModelTask.Stain => "biodl stain", _ => "biodl run" };
            throw Wrong(verb, model, model.Obstacle.Length > 0 ? model.Obstacle : "is no StarDist model", right);
        }
        if (model.StarDist is not null)
            throw Wrong(verb, model, "finds star-convex objects", "biodl segment, or 'biodl run' for its probabilities and distances");
        if (verb == ImageVerb.Denoise && !restores && model.Task != ModelTask.Denoise)
            throw Wrong(verb, model, "does not restore its input", model.Task == ModelTask.Stain ? "biodl stain"
                : "biodl run', or say what a network without a description is: '--task care', 'n2v' or 'denoise");
        if (verb == ImageVerb.Stain && model.Task == ModelTask.Denoise)
            throw Wrong(verb, model, "restores its input", "biodl denoise");
        if (verb == ImageVerb.Stain && model.Task != ModelTask.Stain && !images)
            throw Wrong(verb, model, "predicts no image", "biodl run");
    }

    private static BioDLException Wrong(ImageVerb verb, ModelDescription model, string what, string right) => new(Status.InvalidArgument,
        $"{(model.Name.Length > 0 ? model.Name : model.Source)} {what}: it is no model for 'biodl {verb.Name}'", $"Use '{right}'.");
}
