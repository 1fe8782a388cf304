using System.CommandLine;
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

    public IEnumerable<Symbol> Symbols => [_table, _rois, _prob, _overlap, _border, _integer];

    public ImageRequest Read(ParseResult parsed, ImageRequest request) => request with
    {
        Objects = new ObjectRequest
        {
            Table = parsed.GetValue(_table), Rois = parsed.GetValue(_rois),
            Options = new StarOptions
            {
                ProbThreshold = parsed.GetValue(_prob), OverlapThreshold = parsed.GetValue(_overlap), Border = parsed.GetValue(_border),
                Vertices = parsed.GetValue(_integer) ? VertexMode.Integer : VertexMode.Exact,
            },
        },
    };
}
