using BioDL.Core.Prediction;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>What a <c>biodl_result*</c> stands for, with the text it handed out.</summary>
internal sealed unsafe class OpenResult : IDisposable
{
    private readonly OwnedText _text = new();

    public OpenResult(PredictionResult result)
    {
        var info = new ResultInfoStruct
        {
            FellBack = result.FellBack ? 1 : 0,
            Tiles = result.Tiles,
            BytesRead = result.BytesRead,
            BytesWritten = result.BytesWritten,
            Device = _text.Add(result.Device),
            DeviceName = _text.Add(result.DeviceName),
            Warnings = _text.Add(string.Join('\n', result.Warnings)),
            Provenance = _text.Add(result.Provenance),
            PrepareMs = result.Times.Prepare,
            StatisticsMs = result.Times.Statistics,
            ReadMs = result.Times.Read,
            NetworkMs = result.Times.Network,
            WriteMs = result.Times.Write,
            TotalMs = result.Times.Total,
        };
        (info.Tile[0], info.Tile[1], info.Tile[2]) = (result.Tile.Z, result.Tile.Y, result.Tile.X);
        Info = info;
        Outputs = [.. result.Clipped.Zip(result.NotFinite, (clipped, notFinite) => new ResultOutputStruct { Clipped = clipped, NotFinite = notFinite })];
    }

    public ResultInfoStruct Info { get; }

    public IReadOnlyList<ResultOutputStruct> Outputs { get; }

    public void Dispose() => _text.Dispose();
}
