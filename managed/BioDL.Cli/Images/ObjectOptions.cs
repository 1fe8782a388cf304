using System.CommandLine;
using System.CommandLine.Parsing;
using BioDL.Cli.Shell;
using BioDL.Core.Objects.StarConvex;

namespace BioDL.Cli.Images;

/// <summary>What <c>biodl segment</c> adds: thresholds, and files of objects.</summary>
internal sealed class ObjectOptions : IOptionGroup
{
    private readonly Option<string> _table = new("--objects")
    {
        Description = "a .csv with the objects of all images (column 'image' tells them apart), or a folder with one table an image",
        HelpName = "FILE|FOLDER",
    };

    private readonly Option<string> _rois = new("--rois")
    {
        Description = "a .zip for ImageJ's ROI Manager for one image, or a folder with one an image", HelpName = "FILE|FOLDER",
    };

    private readonly Option<double?> _prob =
        CommonOptions.Number("--prob", "objects are more probable than this, 0 to 1 (the model's own)", 0, 1);
    private readonly Option<double?> _overlap = CommonOptions.Number("--overlap",
        "an object goes that shares more than this part of its area with a more probable one, 0 to 1 (the model's own)", 0, 1);
    private readonly Option<int?> _border = CommonOptions.Whole("--border",
        "grid cells along the border in which no object is predicted, 0 to 1000 (the model's own)", 0, 1000);
    private readonly Option<bool> _integer = new("--integer-vertices")
    {
        Description = "suppress overlaps with vertices cut to whole pixels, as the reference implementation does",
    };

    private readonly Option<bool> _excludeEdges = new("--exclude-edges")
    {
        Description = "leave out objects with a pixel in the first or last row or column of the image",
    };
    private readonly Option<double?> _minArea = CommonOptions.Number("--min-area",
        "leave out smaller objects: square units of the image, such as µm², or pixels where it has none (0)", 0, double.MaxValue);
    private readonly Option<double?> _maxArea = CommonOptions.Number("--max-area",
        "leave out larger objects (no limit)", 0, double.MaxValue);
    private readonly Option<double?> _grow = CommonOptions.Number("--grow",
        "let labels grow by so many units of the image, or pixels, nuclei to cells: the nearest object wins (0)", 0, double.MaxValue);
    private readonly Option<bool> _rings = new("--rings") { Description = "labels are what they grew by, without the object inside" };
    private readonly Option<LinkAxis> _link = new("--link")
    {
        Description = "link objects of consecutive frames, or slices, that overlap: column track (none)", HelpName = "frames|slices",
        CustomParser = result => Parse(result, "--link", LinkAxis.None,
            ("none", LinkAxis.None), ("frames", LinkAxis.Frames), ("slices", LinkAxis.Slices)),
    };
    private readonly Option<double?> _linkOverlap = CommonOptions.Number("--link-overlap",
        "intersection over union of two objects that are linked, 0.01 to 1 (0.25)", 0.01, 1);
    private readonly Option<LabelScope> _numbers = new("--numbers")
    {
        Description = "labels start at 1 in every plane, are unique in the whole series, or are those of --link (plane)",
        HelpName = "plane|unique|track",
        CustomParser = result => Parse(result, "--numbers", LabelScope.PerPlane,
            ("plane", LabelScope.PerPlane), ("unique", LabelScope.Unique), ("track", LabelScope.Track)),
    };
    private readonly Option<string> _probability = new("--probability")
    {
        Description = "a .tif for the probabilities that the network predicts, or a folder", HelpName = "FILE|FOLDER",
    };
    private readonly Option<string> _distances = new("--distances")
    {
        Description = "a .tif for the distances that the network predicts, a channel a ray, or a folder", HelpName = "FILE|FOLDER",
    };

    public IEnumerable<Symbol> Symbols =>
    [
        _table, _rois, _prob, _overlap, _border, _integer, _excludeEdges, _minArea, _maxArea, _grow, _rings, _link, _linkOverlap, _numbers,
        _probability, _distances,
    ];

    public ImageRequest Read(ParseResult parsed, ImageRequest request) => request with
    {
        Objects = new ObjectRequest
        {
            Table = parsed.GetValue(_table), Rois = parsed.GetValue(_rois), Probability = parsed.GetValue(_probability),
            Distances = parsed.GetValue(_distances), MinArea = parsed.GetValue(_minArea) ?? 0, MaxArea = parsed.GetValue(_maxArea),
            Grow = parsed.GetValue(_grow) ?? 0,
            Options = new StarOptions
            {
                ProbThreshold = parsed.GetValue(_prob), OverlapThreshold = parsed.GetValue(_overlap), Border = parsed.GetValue(_border),
                Vertices = parsed.GetValue(_integer) ? VertexMode.Integer : VertexMode.Exact,
                ExcludeEdges = parsed.GetValue(_excludeEdges), Rings = parsed.GetValue(_rings), Link = parsed.GetValue(_link),
                LinkOverlap = parsed.GetValue(_linkOverlap), LabelScope = parsed.GetValue(_numbers),
            },
        }.Checked(),
    };

    private static T Parse<T>(ArgumentResult result, string name, T usual, params (string Word, T Value)[] choices)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        foreach ((string word, T value) in choices)
            if (word == text)
                return value;
        result.AddError($"{name} takes {string.Join(", ", choices.Select(choice => choice.Word))}, not '{text}'");
        return usual;
    }
}
