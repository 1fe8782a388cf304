using BioDL.Core.Runs;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Readers;

/// <summary>
/// Axes and sizes of format 0.5: a list of axes of the types batch, channel, space, time and index, each with a size that is a number,
/// {min, step} or {tensor_id, axis_id, offset}.
/// </summary>
internal sealed class NewTensors(DescriptionErrors errors)
{
    public TensorDraft Read(YamlNode tensor, string otherwise)
    {
        string id = tensor.Get("id").Text() ?? otherwise;
        YamlNode[] nodes = [.. tensor.Get("axes").Items()];
        if (nodes.Length == 0)
            throw errors.Invalid($"has the tensor {id} without axes");
        bool batched = nodes.Any(node => node.Get("type").Text() == "batch");
        AxisDraft[] axes = [.. nodes.Select(node => Axis(node, id, batched))];
        if (axes.GroupBy(axis => axis.Letter).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw errors.Invalid($"has the axis {twice.First().Id} twice in {id}");
        return WithData(new TensorDraft { Id = id, Axes = axes, Optional = tensor.Get("optional").Flag() ?? false }, tensor.Get("data"));
    }

    private AxisDraft Axis(YamlNode node, string id, bool batched)
    {
        string type = node.Get("type").Text() ?? "";
        string name = node.Get("id").Text() ?? type switch { "space" => "x", _ => type };
        switch (type)
        {
            case "batch":
                if (node.Get("size").Whole() is { } size and not 1)
                    throw errors.Unsupported($"has the tensor {id} with a batch of {size}");
                return new AxisDraft { Letter = 'b', Id = name };
            case "channel":
                return Channels(node, new AxisDraft { Letter = 'c', Id = name }, id);
            case "space" when name is "z" or "y" or "x":
                return Sized(node, new AxisDraft { Letter = name[0], Id = name, Scale = Scale(node, name, id) }, id);
            case "time" when !batched:
                AxisDraft time = Sized(node, new AxisDraft { Letter = 'b', Id = name, Scale = Scale(node, name, id) }, id);
                return time.Sizes is { Min: > 1, Step: 0 } frames
                    ? throw errors.Unsupported($"has the tensor {id} with {frames.Min} frames along the axis {name} at once") : time;
            default:
                throw errors.Unsupported($"has the tensor {id} with the axis \"{name}\" of type \"{type}\", which is not known "
                    + $"here{(type == "time" ? " beside a batch" : "")}");
        }
    }

    private AxisDraft Channels(YamlNode node, AxisDraft axis, string id)
    {
        YamlNode? names = node.Get("channel_names"), size = node.Get("size");
        string[] listed = [.. names.Items().Select(item => item.Text() ?? "")];
        if (listed.Length > 0)
        {
            if (size.Whole() is { } count && count != listed.Length)
                throw errors.Invalid($"has {listed.Length} names of {count} channels in {id}");
            return axis with
            {
                Names = listed,
                Sizes = new AxisSizes(errors.Limited($"channels in {id}", listed.Length, 1, TensorLimits.Channels), 0),
            };
        }
        // A name such as "ray{i}" stands for as many names as there are channels.
        axis = size is null ? axis : Sized(node, axis, id);
        if (names.Text() is not { } template || axis.Sizes is not { Step: 0 } known)
            return axis;
        errors.Limited($"channels in {id}", known.Min, 1, TensorLimits.Channels);
        return axis with
        {
            Names = [.. Enumerable.Range(0,
                known.Min).Select(index => template.Replace("{i}", index.ToString(), StringComparison.Ordinal))],
        };
    }

    private AxisDraft Sized(YamlNode node, AxisDraft axis, string id)
    {
        YamlNode? size = node.Get("size");
        int? halo = node.Get("halo").Whole();
        axis = axis with { Halo = errors.Limited($"values of halo in {id}", halo ?? 0, 0, TensorLimits.Halo) };
        if (size.Whole() is { } whole)
            return axis with
            {
                Sizes = new AxisSizes(errors.Limited($"values along {axis.Id} of {id}", whole, 1, TensorLimits.Minimum), 0),
            };
        if (size.Get("tensor_id").Text() is { } tensor)
        {
            string other = size.Get("axis_id").Text()
                ?? throw errors.Invalid($"does not say which axis of {tensor} the axis {axis.Id} of {id} follows");
            return axis with { Link = new AxisReference(tensor, other, size.Get("offset").Whole() ?? 0) };
        }
        if (size.Get("min").Whole() is { } least && size.Get("step").Whole() is { } step)
        {
            errors.Limited($"pixels as smallest size along {axis.Id} of {id}", least, 1, TensorLimits.Minimum);
            errors.Limited($"pixels of step along {axis.Id} of {id}", step, 1, TensorLimits.Step);
            return axis with { Sizes = new AxisSizes(least, step) };
        }
        if (size is YamlMappingNode mapping && mapping.Keys().All(key => key is "min" or "max"))
            throw errors.Unsupported($"has the tensor {id} with the axis {axis.Id}, whose size depends on the data");
        throw errors.Invalid($"has no size of the axis {axis.Id} of {id}");
    }

    private double Scale(YamlNode node, string axis, string id) => node.Get("scale") is not { } scale ? 1
        : scale.Number() is { } number and > 0 ? number : throw errors.Invalid($"has the scale {scale} along {axis} of {id}");

    /// <summary>One description for all channels, or a list with one for each.</summary>
    private static TensorDraft WithData(TensorDraft tensor, YamlNode? data)
    {
        YamlNode? first = data is YamlSequenceNode list ? list.Children.FirstOrDefault() : data;
        YamlNode? values = first.Get("values");
        return tensor with
        {
            DataType = first.Get("type").Text() ?? (values is null ? "float32" : "uint8"),
            Values = values is YamlSequenceNode named ? [.. named.Children.Select(value => value.Text() ?? "")] : null,
            IsUnitRange = first.Get("range").Items().Select(bound => bound.Number()).ToArray() is [>= 0, <= 1],
        };
    }
}
