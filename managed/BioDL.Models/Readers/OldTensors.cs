using BioDL.Core.Runs;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>
/// Axes and sizes of formats 0.2 to 0.4: axes "bcyx"; an input's shape is a list or {min, step}; an output's is a list or
/// {reference_tensor, scale,
/// offset}, that is input * scale + 2 * offset, where a scale of null or 0 is a new axis of size 2 * offset.
/// </summary>
internal sealed class OldTensors(DescriptionErrors errors)
{
    private const string Known = "bczyx";

    public TensorDraft Read(YamlNode tensor, string letters)
    {
        string id = tensor.Get("name").Text() ?? throw errors.Invalid("has a tensor without a name");
        YamlNode? shape = tensor.Get("shape"), link = shape.Get("reference_tensor") ?? shape.Get("reference_input");
        var axes = new List<AxisDraft>();
        for (int i = 0; i < letters.Length; i++)
        {
            AxisDraft axis = Letter(letters, i, id) with { Halo = Halo(tensor.Get("halo"), i, id) };
            if (axis.Letter != 'b' || letters[i] == 't')
                axis = link.Text() is { } reference ? Linked(axis, shape, reference, i, id) : Sized(axis, shape, i, id);
            if (letters[i] == 't' && axis is { Sizes: { Min: > 1, Step: 0 } })
                throw errors.Unsupported($"has the tensor {id} with {axis.Sizes.Value.Min} frames along the axis t at once");
            axes.Add(axis);
        }
        return new TensorDraft
        {
            Id = id, Axes = axes, DataType = tensor.Get("data_type").Text() ?? "float32",
            IsUnitRange = tensor.Get("data_range").Items().Select(bound => bound.Number()).ToArray() is [>= 0, <= 1],
        };
    }

    private AxisDraft Letter(string letters, int index, string id)
    {
        char letter = letters[index];
        // Frames are a batch here: one after the other.
        char meant = letter == 't' && !letters.Contains('b') ? 'b' : letter;
        if (!Known.Contains(meant))
            throw errors.Unsupported($"has the tensor {id} with the axes {letters}; the axis {letter} is not known here");
        return letters.IndexOf(letter) == index ? new AxisDraft { Letter = meant, Id = letter.ToString() }
            : throw errors.Invalid($"has the axis {letter} twice in {id}");
    }

    private AxisDraft Sized(AxisDraft axis, YamlNode? shape, int index, string id)
    {
        bool stepped = shape is not YamlSequenceNode;
        int size = At(stepped ? shape.Get("min") : shape, index) ?? throw errors.Invalid($"has no size of the axis {axis.Id} of {id}");
        int step = stepped ? At(shape.Get("step"), index) ?? 0 : 0;
        if (size < 1 || step < 0)
            throw errors.Invalid($"has the size {size} and step {step} along {axis.Id} of {id}");
        return axis with { Sizes = new AxisSizes(size, step) };
    }

    private AxisDraft Linked(AxisDraft axis, YamlNode? shape, string reference, int index, string id)
    {
        double? scale = shape.Get("scale").Items().ElementAtOrDefault(index).Number();
        double offset = shape.Get("offset").Items().ElementAtOrDefault(index).Number()
            ?? throw errors.Invalid($"has no offset along {axis.Id} of {id}");
        int size = (int)Math.Clamp(Math.Round(2 * offset), int.MinValue, int.MaxValue);
        if (scale is null or 0)
            return axis with
            {
                Sizes = size > 0 ? new AxisSizes(size, 0)
                    : throw errors.Invalid($"has the new axis {axis.Id} of {id} with the size {size}"),
            };
        if (!(scale > 0))
            throw errors.Invalid($"has the scale {scale} along {axis.Id} of {id}");
        return axis with { Link = new AxisReference(reference, axis.Id, size), Scale = 1 / scale.Value };
    }

    private int Halo(YamlNode? halo, int index, string id) => At(halo, index) switch
    {
        null => 0,
        < 0 => throw errors.Invalid($"has a halo below 0 in {id}"),
        int width => errors.Limited($"values of halo in {id}", width, 0, TensorLimits.Halo),
    };

    private static int? At(YamlNode? list, int index) => list.Items().ElementAtOrDefault(index).Whole();
}
