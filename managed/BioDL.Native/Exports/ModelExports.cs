using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Models;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>native/include/biodl/model.h</summary>
internal static unsafe class ModelExports
{
    public static readonly Handles<OpenModel> Open = new("model");

    [UnmanagedCallersOnly(EntryPoint = "biodl_model_open", CallConvs = [typeof(CallConvCdecl)])]
    public static int OpenFrom(byte* path, nint* model, ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(model, nameof(model));
        *model = 0;
        *model = Open.Add(new OpenModel(Model.Open(Text.Read(path, nameof(path)))));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_model_describe", CallConvs = [typeof(CallConvCdecl)])]
    public static int Describe(nint model, ModelInfoStruct* info, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(info, Open.Get(model).Info, sizeof(ModelInfoStruct), "info"));

    [UnmanagedCallersOnly(EntryPoint = "biodl_model_close", CallConvs = [typeof(CallConvCdecl)])]
    public static int Close(nint model) => Guard.Call(null, () => Open.Remove(model));
}

/// <summary>What a <c>biodl_model*</c> stands for: the model and the text it handed out.</summary>
internal sealed unsafe class OpenModel : IDisposable
{
    private readonly OwnedText _text = new();

    public OpenModel(Model model)
    {
        Model = model;
        ModelDescription description = model.Description;
        StarDistDescription star = description.StarDist ?? new StarDistDescription { Channels = description.Inputs.FirstOrDefault()?.Channels ?? 0, ProbThreshold = 0, OverlapThreshold = 0 };
        Info = new ModelInfoStruct
        {
            Channels = star.Channels,
            Name = _text.Add(description.Name),
            Description = _text.Add(description.Description),
            Licence = _text.Add(description.Licence),
            Source = _text.Add(description.Source),
            Sha256 = _text.Add(description.Sha256),
            Citation = _text.Add(description.Citation),
            Rays = star.Rays,
            GridY = star.GridY,
            GridX = star.GridX,
            DivisorY = star.DivisorY,
            DivisorX = star.DivisorX,
            Halo = star.Halo,
            PercentileLow = star.PercentileLow,
            PercentileHigh = star.PercentileHigh,
            ProbThreshold = star.ProbThreshold,
            OverlapThreshold = star.OverlapThreshold,
        };
    }

    public Model Model { get; }

    public ModelInfoStruct Info { get; }

    public void Dispose()
    {
        Model.Dispose();
        _text.Dispose();
    }
}
