using BioDL.Core.Images;
using BioDL.Core.Runs;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>What a <c>biodl_plan*</c> stands for, with the text it handed out.</summary>
internal sealed unsafe class OpenPlan : IDisposable
{
    private readonly OwnedText _text = new();

    /// <param name="plan">what was planned</param>
    /// <param name="input">pixel type of the first image</param>
    public OpenPlan(RunPlan plan, PixelType input)
    {
        var info = new PlanInfoStruct
        {
            Outputs = plan.Outputs.Count,
            Tiles = plan.Tiles,
            MemoryBytes = plan.MemoryBytes,
            Match = _text.Add(string.Join('\n', plan.Match)),
            Why = _text.Add(plan.Why),
            Warnings = _text.Add(string.Join('\n', plan.Warnings)),
        };
        (info.Tile[0], info.Tile[1], info.Tile[2]) = (plan.Tile.Z, plan.Tile.Y, plan.Tile.X);
        (info.Halo[0], info.Halo[1], info.Halo[2]) = (plan.Halo.Z, plan.Halo.Y, plan.Halo.X);
        Info = info;
        Outputs = [.. plan.Outputs.Select(output => Describe(output, input))];
    }

    public PlanInfoStruct Info { get; }

    public IReadOnlyList<PlanOutputStruct> Outputs { get; }

    public void Dispose() => _text.Dispose();

    private PlanOutputStruct Describe(PlannedOutput output, PixelType input)
    {
        var described = new PlanOutputStruct
        {
            Kind = (int)output.Kind,
            RestoresInput = output.RestoresInput ? 1 : 0,
            Dtype = (int)FittingType.Of(output, input),
            Name = _text.Add(output.Name),
            DataType = _text.Add(output.DataType),
            ChannelNames = _text.Add(string.Join('\n', output.ChannelNames)),
        };
        for (int axis = 0; axis < output.Shape.Count; axis++)
            described.Shape[axis] = output.Shape[axis];
        (described.PixelPitch[0], described.PixelPitch[1], described.PixelPitch[2]) = output.PixelPitch;
        (described.Origin[0], described.Origin[1], described.Origin[2]) = output.Origin;
        return described;
    }
}
