using BioDL.Models.Descriptions;
using BioDL.Models.Files;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>
/// A bioimage.io description (github.com/bioimage-io/spec-bioimage-io), formats 0.3, 0.4 and 0.5, and the one that CSBDeep's Fiji plugins
/// wrote
/// before there was one (0.2.0-csbdeep).
/// </summary>
internal sealed class BioimageioReader : IModelReader
{
    public ModelDraft? Read(ModelLocation location)
    {
        if (DescriptionFinder.Of(location) is not { } found)
            return null;
        var errors = new DescriptionErrors(location.Files.Source);
        YamlMappingNode root = found.Root;
        string version = root.Get("format_version").Text() ?? "";
        bool isCsbDeep = version.EndsWith("-csbdeep", StringComparison.Ordinal);
        WeightsDraft? weights = isCsbDeep ? CsbDeepYaml.Weights(root, location, errors)
            : WeightsChoice.Of(root.Get("weights"), location, errors);
        if (weights is null)
            return null;
        if (root.Get("type").Text() is { } type and not "model")
            throw errors.Unsupported($"describes a {type}", "Choose a model.");
        if (!isCsbDeep && version is not ""
            && !(version.StartsWith("0.3.", StringComparison.Ordinal) || version.StartsWith("0.4.", StringComparison.Ordinal)
            || version.StartsWith("0.5.", StringComparison.Ordinal)))
            throw errors.Unsupported($"is described in the format {version}; known are 0.3, 0.4 and 0.5");
        ModelDescription description = BioimageioIdentity.Of(root, version, errors);
        ModelDraft draft = isCsbDeep ? CsbDeepYaml.Draft(root, description, weights, errors)
            : DeepImageJ.Applied(Draft(root, description, weights, errors), root, location.Files, errors);
        string[] notes = [.. Decoded(found), .. DescriptionKeys.Check(root, isCsbDeep, errors), .. draft.Description.Notes];
        return draft with { Description = draft.Description with { Notes = notes } };
    }

    private static IEnumerable<string> Decoded(FoundDescription found) => found.IsGuessed
        ? [$"{found.Name} is no Unicode; it was read as Windows-1252."] : [];

    private static ModelDraft Draft(YamlNode root, ModelDescription description, WeightsDraft weights, DescriptionErrors errors)
    {
        YamlNode[] inputs = [.. root.Get("inputs").Items()], outputs = [.. root.Get("outputs").Items()];
        errors.Limited("inputs", inputs.Length, 1, TensorLimits.Tensors);
        errors.Limited("outputs", outputs.Length, 1, TensorLimits.Tensors);
        TensorDraft[] given = [.. inputs.Select((node, index) => Tensor(node, index == 0 ? "input" : $"input{index}", errors))];
        TensorDraft[] made = [.. outputs.Select((node, index) => Tensor(node, index == 0 ? "output" : $"output{index}", errors))];
        if (given.Concat(made).GroupBy(tensor => tensor.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw errors.Invalid($"has two tensors called {twice.Key}");
        string[] ids = [.. given.Select(tensor => tensor.Id)];
        StarDistDraft? star = StarDistConfiguration.Of(root.Get("config", "stardist"));
        for (int i = 0; i < given.Length; i++)
            given[i] = Processed(given[i], new OperationReader(errors, given[i], ids), inputs[i], isOutput: false);
        for (int i = 0; i < made.Length; i++)
        {
            var reader = new OperationReader(errors, made[i], ids);
            made[i] = Processed(made[i], reader, outputs[i], isOutput: true);
            star = StarDistConfiguration.Joined(star, reader.StarDist);
        }
        return new ModelDraft
        {
            Description = description, Inputs = given, Outputs = made, StarDist = star,
            Weights = weights with { Named = [.. made.Select(tensor => tensor.Id)], Inputs = given },
        };
    }

    private static TensorDraft Tensor(YamlNode node, string otherwise, DescriptionErrors errors) =>
        node.Get("axes").Text() is { } letters ? new OldTensors(errors).Read(node, letters) : new NewTensors(errors).Read(node, otherwise);

    private static TensorDraft Processed(TensorDraft tensor, OperationReader reader, YamlNode node, bool isOutput) =>
        tensor with { Processing = reader.Read(node.Get(isOutput ? "postprocessing" : "preprocessing"), isOutput) };
}
