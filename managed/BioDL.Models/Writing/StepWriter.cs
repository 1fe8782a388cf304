using BioDL.Core.Steps;
using YamlDotNet.RepresentationModel;

namespace BioDL.Models.Writing;

/// <summary>Steps of a tensor as YAML.</summary>
/// <param name="axes">of the tensor, one letter each</param>
internal sealed class StepWriter(string axes) : IOperationWriter
{
    private readonly List<(string Key, YamlNode? Value)> _options = [];

    /// <returns>null for none</returns>
    public static YamlNode? Of(IReadOnlyList<PixelOperation> steps, string axes) =>
        steps.Count == 0 ? null : new YamlSequenceNode(steps.Select(step => Of(step, axes)));

    public void Text(string name, string value) => _options.Add((name, YamlScalars.Text(value)));

    public void Number(string name, double value) => _options.Add((name, YamlScalars.Number(value)));

    public void Channelwise(string name, IReadOnlyList<double> values)
    {
        if (values.Count == 1)
        {
            Number(name, values[0]);
            return;
        }
        _options.Add((name, YamlScalars.List(values.Select(YamlScalars.Number))));
        if (_options.TrueForAll(option => option.Key != "axis"))
            ChannelAxis();
    }

    public void Over(StatisticAxes over)
    {
        bool Taken(char axis) => axis switch
        {
            'b' => over.HasFlag(StatisticAxes.Samples),
            'c' => over.HasFlag(StatisticAxes.Channel),
            'z' => over.HasFlag(StatisticAxes.Slices),
            _ => true,
        };
        _options.Add(("axes", YamlScalars.List(axes.Where(Taken).Select(axis => YamlScalars.Text(AxisWriter.Id(axis))))));
    }

    public void Reference(string? tensor)
    {
        if (tensor is not null)
            Text("reference_tensor", tensor);
    }

    public void ChannelAxis() => Text("axis", AxisWriter.Id('c'));

    private static YamlNode Of(PixelOperation step, string axes)
    {
        var writer = new StepWriter(axes);
        step.Say(writer);
        return YamlScalars.Block(("id", YamlScalars.Text(step.Id)),
            ("kwargs", writer._options.Count > 0 ? YamlScalars.Line([.. writer._options]) : null));
    }
}
