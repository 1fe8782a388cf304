using System.Text.Json;
using BioDL.Cli.Pictures;
using BioDL.Cli.Shell;
using BioDL.Cli.Tiff;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Runs;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;
using BioDL.Models.Outputs;

namespace BioDL.Cli.Images;

/// <summary>The opened inputs of a job: a view for each input of the model, the mask, and what the options mean for them.</summary>
internal sealed class Sources : IDisposable
{
    private const long ReadAheadBytes = 256L << 20, PageBytes = 4096;
    private readonly List<IDisposable> _held = [];
    private readonly ImageRequest _request;
    private ImageView[] _views = [];

    private Sources(Job job, ImageRequest request) => (Job, _request) = (job, request);

    /// <exception cref="BioDLException">A file is missing, damaged or of another kind; there is no such channel.</exception>
    internal static Sources Open(Job job, ModelDescription model, ImageRequest request)
    {
        var sources = new Sources(job, request);
        try
        {
            sources.Open(model);
            return sources;
        }
        catch
        {
            sources.Dispose();
            throw;
        }
    }

    internal Job Job { get; }

    internal IReadOnlyList<ImageView> Views => _views;

    /// <summary>The first that is an image; null when all are tensors.</summary>
    internal ImageFile? Image => _held.OfType<ImageFile>().FirstOrDefault();

    /// <summary>The channels of the first image that the model sees, in its order, from 0.</summary>
    internal IReadOnlyList<int> Chosen => Options.Channels![0] is { Count: > 0 } chosen ? chosen
        : [.. Enumerable.Range(0, _views[0].LogicalChannels)];

    /// <summary>The request's, with the channels and the mask of these images.</summary>
    internal RunOptions Options { get; private set; } = new();

    /// <summary>What was doubtful about the files.</summary>
    internal IEnumerable<string> Warnings => _held.OfType<ImageFile>().SelectMany(image => image.Warnings);

    public void Dispose() => _held.ForEach(one => one.Dispose());

    /// <summary>
    /// The library's account with what only this program knows of it: the file, its channels, slices and frames (from 1), the mask's file.
    /// </summary>
    internal string AddTo(string provenance)
    {
        using JsonDocument account = JsonDocument.Parse(provenance);
        return JsonText.Of(json =>
        {
            foreach (JsonProperty property in account.RootElement.EnumerateObject())
                property.WriteTo(json);
            json.WriteStartObject("source");
            json.WriteString("file", Job.Name);
            json.WriteString("image", Image is { Taken.Length: > 0 } one ? one.Taken : null);
            json.WriteNumbers("channels", Chosen.Select(channel => channel + 1L));
            json.WriteNumbers("slices", Range(_views[0].Slices));
            json.WriteNumbers("frames", Range(_views[0].Frames));
            json.WriteString("selection", _request.Mask);
            json.WriteEndObject();
        });
    }

    private static IEnumerable<long> Range(int count) => Enumerable.Range(1, count).Select(number => (long)number);

    /// <summary>Files that belong to the images and were not named.</summary>
    internal IEnumerable<string> OtherFiles => _held.OfType<ImageFile>().SelectMany(image => image.OtherFiles);

    /// <summary>Have the planes that a run begins with in memory; of images too large to hold two of, nothing is read ahead.</summary>
    /// <exception cref="BioDLException">The file is damaged.</exception>
    internal unsafe void ReadAhead()
    {
        foreach (ImageView view in _views.Distinct())
        {
            long bytes = view.PixelsPerPlane * view.PixelStride * view.Channels;
            for (int channel = 0; channel < view.Channels && bytes <= ReadAheadBytes; channel++)
            {
                using PlaneLock plane = view.Lock(channel);
                for (int y = 0; y < view.Height; y++)
                    for (long x = 0; x < view.Width; x += Math.Max(1, PageBytes / Math.Abs(view.PixelStride)))
                        _ = Volatile.Read(ref *plane.Pixel(y, (int)x));
            }
        }
    }

    private void Open(ModelDescription model)
    {
        var views = new Dictionary<string, ImageView>();
        var names = new Dictionary<string, IReadOnlyList<string>>();
        for (int i = 0; i < Job.Inputs.Count; i++)
        {
            string path = Job.Inputs[i];
            if (views.ContainsKey(path))
                continue;
            views[path] = NpyFile.IsOne(path) ? Tensor(path, model.Inputs[i]) : Hold(ImageFiles.Open(path, _request.Series)).View;
            names[path] = _held[^1] is ImageFile image ? image.ChannelNames : [.. Enumerable.Repeat("", views[path].Channels)];
        }
        _views = [.. Job.Inputs.Select(path => views[path])];
        RequireOtherFilesStay();
        if (_request is { Objects: not null, Channels.Count: 0 } && model.Inputs[0].Channels == 1 && _views[0].Channels > 1)
        {
            throw new BioDLException(Status.InvalidArgument, $"{Job.Name} has {_views[0].Channels} channels, the model takes one",
                $"Name it: --channels 1 to {_views[0].Channels}.");
        }
        Options = _request.Options with
        {
            Channels = [.. model.Inputs.Select((input, i) => Selected(input, Job.Inputs[i], names[Job.Inputs[i]]))],
            Mask = _request.Mask is { } mask ? Hold(MaskImage.Open(mask)).View : null,
            ChannelNames = _views[0].Type == PixelType.Argb32 ? null : names[Job.Inputs[0]],
            PixelSize = Image?.Calibration.Micrometres ?? default,
            ObjectDiameter = _request.ObjectSize?.InPixels(Image?.Calibration.Micrometres ?? default, Job.Name),
        };
    }

    // Which files belong to an image is known when it is open: results are compared with them as with the inputs that were named.
    private void RequireOtherFilesStay()
    {
        string[] others = [.. OtherFiles];
        if (others.Length == 0)
            return;
        var guard = new OutputGuard(overwrite: true);
        foreach (string path in others)
            guard.Reads(path);
        foreach ((_, string path) in Job.Files(_request))
            guard.Writes(path, Job.Name);
    }

    private IReadOnlyList<int> Selected(InputTensor input, string path, IReadOnlyList<string> names) =>
        ChannelList.Of(_request.Channels, [input.Id, input.Name], path, names);

    private ImageView Tensor(string path, InputTensor input)
    {
        NpyArray array = Hold(Npy.Read(path));
        return array.View(NpyFile.AxesOf(array.Shape.Count, input, _request.Tensors.Axes), path);
    }

    private T Hold<T>(T one) where T : IDisposable
    {
        _held.Add(one);
        return one;
    }
}
