using BioDL.Cli.Pictures;
using BioDL.Cli.Tiff;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Models.Opening;

namespace BioDL.Cli.Images;

/// <summary>
/// The model of each image: the one that is named, or else the built-in one for the verb and the image. All have as many inputs.
/// </summary>
internal sealed class ChosenModels(ImageRequest request) : IDisposable
{
    private readonly Dictionary<string, Model> _open = [];
    private Model? _first;

    /// <summary>Where none is named: of an image that nothing is known of.</summary>
    internal Model First => _first ??= request.Model is { } named ? Open(named) : Open(BuiltInModels.For(request.Verb.Task));

    internal Model Of(Job job)
    {
        if (request.Model is not null || request.Verb.Task != ModelTask.Segment)
            return First;
        using ImageFile image = ImageFiles.Open(job.Inputs[0], request.Series);
        return Open(BuiltInModels.For(request.Verb.Task, image.View));
    }

    public void Dispose()
    {
        foreach (Model model in _open.Values)
            model.Dispose();
    }

    private Model Open(string path)
    {
        if (_open.TryGetValue(path, out Model? open))
            return open;
        Model model = Model.Open(path, request.Use);
        _open.Add(path, model);
        VerbCheck.Require(request.Verb, model.Description);
        return model;
    }
}
