using BioDL.Core;
using BioDL.Core.Steps;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>The name and options (kwargs) of one processing step. It remembers which were asked for, so that none is overlooked.</summary>
internal sealed class OperationOptions : IOperationOptions
{
    private readonly DescriptionErrors _errors;
    private readonly TensorDraft _tensor;
    private readonly IReadOnlyList<string> _inputs;
    private readonly YamlNode? _options;
    private readonly HashSet<string> _read = [];

    /// <param name="errors">for messages</param>
    /// <param name="tensor">whose step it is</param>
    /// <param name="inputs">ids of the model's inputs, which steps may refer to</param>
    /// <param name="step">the step</param>
    /// <param name="isOutput">it follows the network</param>
    public OperationOptions(DescriptionErrors errors, TensorDraft tensor, IReadOnlyList<string> inputs, YamlNode step, bool isOutput)
    {
        (_errors, _tensor, _inputs, _options, IsOutput) = (errors, tensor, inputs, step.Get("kwargs"), isOutput);
        Id = step.Get("id").Text() ?? step.Get("name").Text() ?? "";
        Mode = Text("mode");
        if (Mode is not (null or "fixed" or "per_sample" or "per_dataset"))
            throw Unsupported($"has the mode {Mode}, which is not known here");
    }

    /// <summary>id in format 0.5, name before.</summary>
    public string Id { get; }

    /// <summary>0.4: fixed, per_sample or per_dataset; null in 0.5.</summary>
    public string? Mode { get; }

    public bool IsOutput { get; }

    private string Kind => IsOutput ? "postprocessing" : "preprocessing";

    public YamlNode? Node(string name)
    {
        _read.Add(name);
        return _options.Get(name);
    }

    public string? Text(string name) => Node(name).Text() is { Length: > 0 } text && text != "null" && text != "~" ? text : null;

    public double? Number(string name)
    {
        string? text = Text(name);
        return text is null ? null : Node(name).Number() ?? throw Invalid($"has {name}: {text}, which is no finite number");
    }

    /// <summary>One number for all channels, or one for each; null where it is not given.</summary>
    public IReadOnlyList<double>? Channelwise(string name)
    {
        _ = (Node("axis"), Node("axes"));
        if (Node(name) is not YamlSequenceNode list)
            return Number(name) is { } single ? [single] : null;
        double[] values = [.. list.Children.Select(item => item.Number()
            ?? throw Invalid($"has {item} in {name}, which is no finite number"))];
        int channels = _tensor.Axis('c')?.Sizes?.Min ?? (_tensor.Axis('c') is null ? 1 : values.Length);
        if (values.Length == 0 || (values.Length > 1 && values.Length != channels))
            throw Invalid($"has {values.Length} numbers as {name}, but {_tensor.Id} has {channels} channels");
        if (values.Length > 1)
            MustBeAlongChannels(name);
        return values;
    }

    /// <summary>The axes over which statistics are taken together, in either spelling; all where it does not say.</summary>
    public StatisticAxes Over()
    {
        YamlNode? node = Node("axes");
        string[] named = node is YamlSequenceNode ? [.. node.Items().Select(axis => axis.Text() ?? "")]
            : [.. (node.Text() ?? "").Select(letter => letter.ToString())];
        StatisticAxes samples = Mode == "per_dataset" ? StatisticAxes.Samples : StatisticAxes.Plane;
        if (named.Length == 0)
        {
            // 0.4 leaves out the batch by its mode; 0.5 means every axis, the batch among them.
            samples = Mode is null ? StatisticAxes.Samples : samples;
            return StatisticAxes.Channel | StatisticAxes.Slices | samples;
        }
        string letters = string.Concat(named.Select(Letter));
        if (_tensor.Axis('y') is not null && !(letters.Contains('y') && letters.Contains('x')))
            throw Unsupported($"takes its statistics over {string.Join(", ", named)}; only axes with y and x among them are possible here");
        return samples | (letters.Contains('c') ? StatisticAxes.Channel : 0) | (letters.Contains('z') ? StatisticAxes.Slices : 0)
            | (letters.Contains('b') ? StatisticAxes.Samples : 0);
    }

    /// <summary>Some descriptions name the tensor itself.</summary>
    public string? Reference()
    {
        string? name = Text("reference_tensor");
        if (name is null || (name == _tensor.Id && Id == "scale_range"))
            return null;
        return _inputs.Contains(name) ? name : throw Unsupported($"refers to {name}, which is no input");
    }

    /// <exception cref="BioDLException">The option names another axis than that of the channels.</exception>
    public void MustBeChannelAxis(string name, bool otherwise)
    {
        string? axis = Text(name);
        bool right = axis is null ? otherwise : _tensor.Axis('c') is { } channel && (axis == channel.Id || axis is "channel" or "c");
        if (!right)
            throw Unsupported($"works along the axis {axis ?? "(none)"}; only that of the channels is possible here");
    }

    /// <exception cref="BioDLException">The step has an option that nobody asked for.</exception>
    public void AllMustBeRead()
    {
        if (_options.Keys().FirstOrDefault(key => !_read.Contains(key)) is { } other)
            throw Unsupported($"has the option {other}, which is not known here");
    }

    public BioDLException Missing(string name) => Invalid($"does not say {name}");

    public BioDLException Invalid(string what) => _errors.Invalid($"describes the {Kind} step {Id} of {_tensor.Id}, which {what}");

    public BioDLException Unsupported(string what) =>
        _errors.Unsupported($"describes the {Kind} step \"{Id}\" of {_tensor.Id}, which {what}");

    /// <summary>0.5 names the axis of a list, 0.4 those that share each of its numbers.</summary>
    private void MustBeAlongChannels(string name)
    {
        if (Node("axis") is not null)
        {
            MustBeChannelAxis("axis", otherwise: false);
            return;
        }
        string shared = Text("axes") ?? "";
        string rest = string.Concat(_tensor.Letters.Where(letter => letter != 'b' && !shared.Contains(letter)));
        if (shared.Length > 0 && rest != "c")
            throw Unsupported($"has {name} along the axes {rest}; only that of the channels is possible here");
    }

    private char Letter(string axis)
    {
        AxisDraft? known = _tensor.Axes.FirstOrDefault(candidate => candidate.Id == axis)
            ?? _tensor.Axes.FirstOrDefault(candidate => candidate.Letter.ToString() == axis);
        return known?.Letter ?? axis switch
        {
            "batch" => 'b',
            "channel" => 'c',
            _ => throw Invalid($"names the axis {axis}, but {_tensor.Id} has {_tensor.Letters}"),
        };
    }
}
