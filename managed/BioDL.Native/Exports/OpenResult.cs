using BioDL.Core.Runs;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>What a <c>biodl_result*</c> stands for, with the text it handed out.</summary>
internal sealed unsafe class OpenResult : IFinishedRun, IDisposable
{
    private readonly OwnedText _text = new();

    public OpenResult(RunResult result)
    {
        Account account = result.Account;
        var info = new ResultInfoStruct
        {
            FellBack = account.FellBack ? 1 : 0,
            Tiles = account.Tiles,
            BytesRead = account.BytesRead,
            BytesWritten = account.BytesWritten,
            Device = _text.Add(account.Device),
            DeviceName = _text.Add(account.DeviceName),
            Warnings = _text.Add(string.Join('\n', account.Warnings)),
            Provenance = _text.Add(account.Provenance),
            PrepareMs = account.Times.Prepare,
            StatisticsMs = account.Times.Statistics,
            ReadMs = account.Times.Read,
            NetworkMs = account.Times.Network,
            WriteMs = account.Times.Write,
            TotalMs = account.Times.Total,
        };
        (info.Tile[0], info.Tile[1], info.Tile[2]) = (account.Tile.Z, account.Tile.Y, account.Tile.X);
        Info = info;
        Outputs = [.. result.Clipped.Zip(result.NotFinite,
            (clipped, notFinite) => new ResultOutputStruct { Clipped = clipped, NotFinite = notFinite })];
    }

    public ResultInfoStruct Info { get; }

    public byte* Account => Info.Provenance;

    public IReadOnlyList<ResultOutputStruct> Outputs { get; }

    public void Dispose() => _text.Dispose();
}
