using System.CommandLine;
using BioDL.Cli.Shell;

namespace BioDL.Cli.Images;

/// <summary>What <c>biodl run</c> adds: files of inputs and outputs, named one by one.</summary>
internal sealed class TensorOptions : IOptionGroup
{
    private const string AxisLetters = "btczyx";
    private readonly Option<string[]> _inputs = new("--input")
    {
        Description = "a .npy or .tif for an input of the model, in place of IMAGE", HelpName = "NAME=FILE",
    };
    private readonly Option<string[]> _outputs = new("--output")
    {
        Description = "a .npy or .tif for an output of the model, in place of --out", HelpName = "NAME=FILE",
    };
    private readonly Option<string> _axes = new("--axes")
    {
        Description = "axes of .npy inputs, outermost first, out of b, t, c, z, y, x (the model's own)", HelpName = "AXES",
    };

    public IEnumerable<Symbol> Symbols => [_inputs, _outputs, _axes];

    public ImageRequest Read(ParseResult parsed, ImageRequest request)
    {
        string? axes = parsed.GetValue(_axes);
        if (axes is not null && !AreAxes(axes))
            throw new UsageException($"--axes takes letters out of b, t, c, z, y, x, each once, not '{axes}'");
        return request with
        {
            Tensors = new TensorRequest
            {
                Inputs = Pairs("--input", parsed.GetValue(_inputs)), Outputs = Pairs("--output", parsed.GetValue(_outputs)), Axes = axes,
            },
        };
    }

    private static bool AreAxes(string text) =>
        text.Length > 0 && text.All(axis => AxisLetters.Contains(axis, StringComparison.Ordinal)) && text.Distinct().Count() == text.Length;

    private static List<(string, string)> Pairs(string option, string[]? texts)
    {
        var pairs = new List<(string Name, string File)>();
        foreach (string text in texts ?? [])
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || equals == text.Length - 1)
                throw new UsageException($"{option} takes NAME=FILE, not '{text}'");
            if (pairs.Any(pair => pair.Name == text[..equals]))
                throw new UsageException($"{option} names {text[..equals]} twice");
            pairs.Add((text[..equals], text[(equals + 1)..]));
        }
        return pairs;
    }
}
