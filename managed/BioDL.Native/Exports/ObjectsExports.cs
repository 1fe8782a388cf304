using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Core.Objects.StarConvex;
using BioDL.Core.Runs;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>native/include/biodl/objects.h</summary>
internal static unsafe class ObjectsExports
{
    public static readonly Handles<OpenObjects> Open = new("objects");

    [UnmanagedCallersOnly(EntryPoint = "biodl_objects_get", CallConvs = [typeof(CallConvCdecl)])]
    public static int Get(nint objects, ObjectsViewStruct* view, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(view, Open.Get(objects).View, "view"));

    [UnmanagedCallersOnly(EntryPoint = "biodl_objects_describe", CallConvs = [typeof(CallConvCdecl)])]
    public static int Describe(nint objects, ObjectsReportStruct* report, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(report, Open.Get(objects).Report, "report"));

    [UnmanagedCallersOnly(EntryPoint = "biodl_objects_render", CallConvs = [typeof(CallConvCdecl)])]
    public static int Render(nint objects, ImageStruct* labels, ErrorStruct* error) =>
        Guard.Call(error, () => LabelPainter.Paint(Open.Get(objects).Result, Images.View(labels, "labels")));

    [UnmanagedCallersOnly(EntryPoint = "biodl_objects_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static int Destroy(nint objects) => Guard.Call(null, () => Open.Remove(objects));
}

/// <summary>What a <c>biodl_objects*</c> stands for: the result, pinned where the caller reads it, and the text it handed out.</summary>
internal sealed unsafe class OpenObjects : IFinishedRun, IDisposable
{
    private readonly OwnedText _text = new();
    private readonly GCHandle _objects;
    private readonly GCHandle _vertices;

    public OpenObjects(SegmentedObjects result)
    {
        Result = result;
        _objects = GCHandle.Alloc(result.Objects, GCHandleType.Pinned);
        _vertices = GCHandle.Alloc(result.Vertices, GCHandleType.Pinned);
        bool any = result.Objects.Length > 0;
        View = new ObjectsViewStruct
        {
            Rays = result.Rays,
            Count = result.Objects.Length,
            ObjectSize = sizeof(SegmentedObject),
            Objects = any ? (ObjectStruct*)_objects.AddrOfPinnedObject() : null,
            Vertices = any ? (float*)_vertices.AddrOfPinnedObject() : null,
        };
        Report = Tell(result.Account, result.Candidates);
    }

    public SegmentedObjects Result { get; }

    public ObjectsViewStruct View { get; }

    public ObjectsReportStruct Report { get; }

    public byte* Account => Report.Provenance;

    public void Dispose()
    {
        _objects.Free();
        _vertices.Free();
        _text.Dispose();
    }

    private ObjectsReportStruct Tell(Account account, long candidates) => new()
    {
        TileHeight = account.Tile.Y,
        TileWidth = account.Tile.X,
        FellBack = account.FellBack ? 1 : 0,
        Tiles = account.Tiles,
        Candidates = candidates,
        Device = _text.Add(account.Device),
        DeviceName = _text.Add(account.DeviceName),
        Warnings = _text.Add(string.Join('\n', account.Warnings)),
        Provenance = _text.Add(account.Provenance),
        PrepareMs = account.Times.Prepare,
        ReadMs = account.Times.Read,
        NormalizeMs = account.Times.Statistics,
        NetworkMs = account.Times.Network,
        CandidatesMs = account.Times.Candidates,
        SuppressMs = account.Times.Suppress,
        RenderMs = account.Times.Render,
        TotalMs = account.Times.Total,
    };
}
