using BioDL.Core;
using BioDL.Core.Runs;
using BioDL.Models.Descriptions;
using BioDL.Models.Readers;

namespace BioDL.Models.Opening;

/// <summary>A network without a description, of which its user says what it is for.</summary>
internal static class BareNetwork
{
    /// <exception cref="BioDLException"><see cref="Status.InvalidArgument"/>: the model says itself what it is.</exception>
    public static ModelDraft As(NetworkUse use, ModelDraft draft)
    {
        if (use == NetworkUse.Unknown)
            return draft;
        if (draft.Inputs is not null || draft.StarDist is not null)
        {
            throw new BioDLException(Status.InvalidArgument,
                $"{draft.Description.Source} has a description that says what it is for, so nothing else can be said of it.",
                "Leave the task out.");
        }
        ModelTask task = use == NetworkUse.Stain ? ModelTask.Stain : ModelTask.Denoise;
        return draft with { Description = draft.Description with { Task = task } };
    }

    /// <summary>The inputs with the normalisation of their use.</summary>
    public static IReadOnlyList<InputTensor> Normalized(NetworkUse use, IReadOnlyList<InputTensor> inputs) => use switch
    {
        NetworkUse.Care => [.. inputs.Select(input => input with { Preprocessing = [CsbDeepReader.Care] })],
        NetworkUse.Noise2Void => [.. inputs.Select(input => input with { Preprocessing = [CsbDeepReader.OfTheImage] })],
        _ => inputs,
    };
}
