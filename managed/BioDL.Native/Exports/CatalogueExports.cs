using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BioDL.Core;
using BioDL.Models.Catalogue;
using BioDL.Models.Descriptions;
using BioDL.Models.Opening;
using BioDL.Native.Interop;

namespace BioDL.Native.Exports;

/// <summary>native/include/biodl/catalogue.h: the listing, install and remove.</summary>
internal static unsafe class CatalogueExports
{
    public static readonly Handles<OpenCatalogue> Open = new("catalogue");

    /// <summary>Names of built-in models: a few texts that stay.</summary>
    private static readonly OwnedText KeptIds = new();
    private static readonly ConcurrentDictionary<string, nint> Ids = new();

    [UnmanagedCallersOnly(EntryPoint = "biodl_catalogue_open", CallConvs = [typeof(CallConvCdecl)])]
    public static int List(int online, nint* catalogue, ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(catalogue, nameof(catalogue));
        *catalogue = 0;
        *catalogue = Open.Add(new OpenCatalogue(ModelCatalogue.Default.List(online != 0)));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_catalogue_count", CallConvs = [typeof(CallConvCdecl)])]
    public static int Count(nint catalogue, long* count, ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(count, nameof(count));
        *count = Open.Get(catalogue).Entries.Count;
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_catalogue_get", CallConvs = [typeof(CallConvCdecl)])]
    public static int Get(nint catalogue, long index, CatalogueEntryStruct* entry, ErrorStruct* error) =>
        Guard.Call(error, () => CallerStruct.Write(entry, Open.Get(catalogue).Entries.At(index, "model"), nameof(entry)));

    [UnmanagedCallersOnly(EntryPoint = "biodl_catalogue_warnings", CallConvs = [typeof(CallConvCdecl)])]
    public static int Warnings(nint catalogue, byte** warnings, ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(warnings, nameof(warnings));
        *warnings = Open.Get(catalogue).Warnings;
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_catalogue_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static int Destroy(nint catalogue) => Guard.Call(null, () => Open.Remove(catalogue));

    [UnmanagedCallersOnly(EntryPoint = "biodl_catalogue_default", CallConvs = [typeof(CallConvCdecl)])]
    public static int Default(int task, ImageStruct* image, byte** id, ErrorStruct* error) => Guard.Call(error, () =>
    {
        CallerStruct.NotNull(id, nameof(id));
        *id = null;
        if (!Enum.IsDefined((ModelTask)task))
            throw new BioDLException(Status.InvalidArgument, $"There is no task {task}.", "Give one of BIODL_TASK_*.");
        string name = BuiltInModels.For((ModelTask)task, image == null ? null : Images.View(image, nameof(image)));
        *id = (byte*)Ids.GetOrAdd(name, text => (nint)KeptIds.Add(text));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_model_install", CallConvs = [typeof(CallConvCdecl)])]
    public static int Install(
        byte* source,
        byte* sha256,
        delegate* unmanaged[Cdecl]<void*, ProgressStruct*, int> progress,
        void* userData,
        nint* catalogue,
        ErrorStruct* error) => Guard.Call(error, () =>
    {
        if (catalogue != null)
            *catalogue = 0;
        var options = new InstallOptions { Sha256 = Text.Read(sha256, nameof(sha256)) };
        CatalogueListing installed = ModelCatalogue.Default.Install(Text.Required(source, nameof(source)), options,
            Progresses.Handler(progress, userData));
        if (catalogue != null)
            *catalogue = Open.Add(new OpenCatalogue(installed));
    });

    [UnmanagedCallersOnly(EntryPoint = "biodl_model_remove", CallConvs = [typeof(CallConvCdecl)])]
    public static int Remove(byte* id, ErrorStruct* error) =>
        Guard.Call(error, () => _ = ModelCatalogue.Default.Remove(Text.Required(id, nameof(id))));
}

/// <summary>What a <c>biodl_catalogue*</c> stands for: a listing and the text it handed out.</summary>
internal sealed unsafe class OpenCatalogue : IDisposable
{
    private readonly OwnedText _text = new();

    public OpenCatalogue(CatalogueListing listing)
    {
        Entries = [.. listing.Entries.Select(Describe)];
        Warnings = _text.Add(string.Join('\n', listing.Warnings));
    }

    public IReadOnlyList<CatalogueEntryStruct> Entries { get; }

    public byte* Warnings { get; }

    public void Dispose() => _text.Dispose();

    private CatalogueEntryStruct Describe(CatalogueEntry entry) => new()
    {
        State = (int)entry.State,
        Task = (int)entry.Task,
        Runnable = entry.Runnable ? 1 : 0,
        Bytes = entry.Bytes,
        Id = _text.Add(entry.Id),
        Name = _text.Add(entry.Name),
        Version = _text.Add(entry.Version),
        Description = _text.Add(entry.Description),
        Licence = _text.Add(entry.Licence),
        Citation = _text.Add(entry.Citation),
        Input = _text.Add(entry.Input),
        Tags = _text.Add(string.Join('\n', entry.Tags)),
        Source = _text.Add(entry.Source),
        Cover = _text.Add(entry.Cover),
        WhyNot = _text.Add(entry.WhyNot),
        MadeFor = _text.Add(entry.MadeFor),
    };
}
