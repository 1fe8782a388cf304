using BioDL.Core.Runs;
using BioDL.Core.Steps;
using BioDL.Models;
using BioDL.Models.Descriptions;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>What a <c>biodl_model*</c> stands for: the model and the text it handed out.</summary>
internal sealed unsafe class OpenModel : IDisposable
{
    private readonly OwnedText _text = new();

    public OpenModel(Model model)
    {
        Model = model;
        Info = Describe(model.Description);
        Inputs = [.. model.Description.Inputs.Select(Describe)];
        Outputs = [.. model.Description.Outputs.Select(Describe)];
    }

    public Model Model { get; }

    public ModelInfoStruct Info { get; }

    public IReadOnlyList<TensorInfoStruct> Inputs { get; }

    public IReadOnlyList<TensorInfoStruct> Outputs { get; }

    public void Dispose()
    {
        Model.Dispose();
        _text.Dispose();
    }

    private ModelInfoStruct Describe(ModelDescription model)
    {
        var info = new ModelInfoStruct
        {
            Channels = model.Inputs.Count > 0 ? model.Inputs[0].Channels : 0,
            Name = _text.Add(model.Name),
            Description = _text.Add(model.Description),
            Licence = _text.Add(model.Licence),
            Source = _text.Add(model.Source),
            Sha256 = _text.Add(model.Sha256),
            Citation = _text.Add(model.Citation),
            Task = (int)model.Task,
            Inputs = model.Inputs.Count,
            Outputs = model.Outputs.Count,
            Id = _text.Add(model.Id),
            Version = _text.Add(model.Version),
            Format = _text.Add(model.Format),
            WeightsFormat = _text.Add(model.WeightsFormat),
            Tags = _text.Add(string.Join('\n', model.Tags)),
            MadeFor = _text.Add(model.MadeFor?.Describe() ?? ""),
            ObjectDiameter = model.MadeFor?.Diameter ?? 0,
        };
        if (model.Inputs.SelectMany(input => input.Preprocessing).OfType<ScaleRange>().FirstOrDefault() is { } range)
            (info.PercentileLow, info.PercentileHigh) = (range.Low, range.High);
        return model.StarDist is { } star ? With(info, star) : info;
    }

    private static ModelInfoStruct With(ModelInfoStruct info, StarDistDescription star)
    {
        info.Channels = star.Channels;
        (info.Rays, info.GridY, info.GridX) = (star.Rays, star.GridY, star.GridX);
        (info.DivisorY, info.DivisorX, info.Halo) = (star.DivisorY, star.DivisorX, star.Halo);
        (info.PercentileLow, info.PercentileHigh) = (star.PercentileLow, star.PercentileHigh);
        (info.ProbThreshold, info.OverlapThreshold) = (star.ProbThreshold, star.OverlapThreshold);
        return info;
    }

    private TensorInfoStruct Describe(InputTensor tensor)
    {
        TensorInfoStruct info = Describe(tensor.Id.Length > 0 ? tensor.Id : tensor.Name, tensor.Axes, tensor.Channels, tensor.ChannelNames,
            tensor.Preprocessing);
        (info.Min[0], info.Min[1], info.Min[2]) = (tensor.Z.Min, tensor.Y.Min, tensor.X.Min);
        (info.Step[0], info.Step[1], info.Step[2]) = (tensor.Z.Step, tensor.Y.Step, tensor.X.Step);
        return info;
    }

    private TensorInfoStruct Describe(OutputTensor tensor)
    {
        TensorInfoStruct info = Describe(tensor.Id.Length > 0 ? tensor.Id : tensor.Name, tensor.Axes, tensor.Channels, tensor.ChannelNames,
            tensor.Postprocessing);
        info.Kind = (int)tensor.Kind;
        info.RestoresInput = tensor.RestoresInput ? 1 : 0;
        return info;
    }

    private TensorInfoStruct Describe(string name, string axes, int channels, IReadOnlyList<string> channelNames,
        IReadOnlyList<PixelOperation> processing) => new()
        {
            Channels = channels,
            Name = _text.Add(name),
            Axes = _text.Add(axes),
            ChannelNames = _text.Add(string.Join('\n', channelNames)),
            Processing = _text.Add(string.Join('\n', processing.Select(step => step.Describe()))),
        };
}
