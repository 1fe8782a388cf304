using BioDL.Core;

namespace BioDL.Graphs.Files;

/// <summary>
/// What a network file must be for ONNX Runtime to take it, so that an unfit one is refused with words of ours before a session is made of
/// it.
/// </summary>
internal static class OnnxChecks
{
    /// <summary>The newest that ONNX Runtime 1.29 takes (tried out: the next ones are refused).</summary>
    private const long NewestIr = 13, NewestOpset = 26;

    /// <summary>Values that one operator may make out of constants alone when a session folds them: 1 GB of float32.</summary>
    private const double MostFolded = 1 << 28;

    /// <summary>That have Where, and CastLike: what a guard of a division needs.</summary>
    private const long FirstWhere = 9, FirstCastLike = 15;

    /// <summary>Domains of operators that ONNX Runtime brings.</summary>
    private static readonly string[] KnownDomains = ["com.microsoft", "com.microsoft.nchwc", "ai.onnx.ml"];

    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/> and <see cref="Status.ModelUnsupported"/>, naming what does not
    /// fit.</exception>
    public static void Check(OnnxGraph graph, string name)
    {
        Versions(graph, name);
        string[] foreign = [.. graph.ForeignOperators.Where(used => !KnownDomains.Contains(used[..Math.Max(0, used.LastIndexOf('.'))]))];
        if (foreign.Length > 0)
        {
            throw Unsupported($"{name} needs operators that ONNX Runtime has not: "
                + $"{string.Join(", ", foreign.Take(8))}{(foreign.Length > 8 ? ", ..." : "")}",
                "Export the network with ONNX's own operators.");
        }
        if (graph.Inputs.Concat(graph.Outputs).FirstOrDefault(spec => !ElementTypes.IsNumber(spec.ElementType)) is { } other)
            throw Unsupported($"{name} has the input or output {other}, which is no tensor of numbers",
                "Export it with tensors of numbers.");
        foreach (string file in graph.ExternalFiles)
            ExternalName(file, name);
        foreach (DeclaredTensor tensor in graph.Declared)
            Size(tensor, name);
        foreach (OnnxNode node in graph.AllNodes)
        {
            Folded(graph, node, name);
            Counts(node, name);
        }
        graph.Divisions = Divisions.Of(graph);
        CheckDivisions(graph, name);
    }

    private static void Versions(OnnxGraph graph, string name)
    {
        if (graph.IrVersion > NewestIr || graph.Opset > NewestOpset)
        {
            throw Unsupported($"{name} is of ONNX's format version {graph.IrVersion} and operator set {graph.Opset}; ONNX Runtime here "
                + $"takes up to {NewestIr} and {NewestOpset}",
                "Export it with an older operator set, such as 17.");
        }
        if (graph.Opset < 1 && graph.Nodes.Any(node => node.Domain.Length == 0))
            throw Invalid($"{name} does not say of which version its operators are");
    }

    /// <summary>Names of files are untrusted: only plain names below the network's own folder.</summary>
    private static void ExternalName(string file, string name)
    {
        string[] parts = file.Split('/');
        if (file.Length is 0 or > 1024 || file.Contains('\\') || file.Contains(':') || file.Any(char.IsControl)
            || parts.Any(part => part is "" or ".."))
            throw Invalid($"{name} keeps weights in \"{file}\", which is no file of its folder");
    }

    private static void Size(DeclaredTensor tensor, string name)
    {
        string what = $"the constant \"{tensor.Name}\" of {name}";
        double count = 1;
        foreach (long size in tensor.Dimensions)
        {
            if (size < 0)
                throw Invalid($"A size of {what} is {size}");
            count *= size;
        }
        double bytes = count * ElementTypes.Size(tensor.ElementType);
        if (bytes > long.MaxValue / 4)
            throw Invalid($"The sizes of {what} multiply to {count:g3} values");
        bool wrong = !tensor.External && (tensor.Raw >= 0 ? ElementTypes.Size(tensor.ElementType) > 0 && bytes != tensor.Raw
            : count > 2.0 * tensor.Message);
        if (wrong)
            throw Invalid($"By its sizes {what} has {bytes} bytes, but the file holds {(tensor.Raw >= 0 ? tensor.Raw : tensor.Message)}");
    }

    /// <summary>Divisions by what may be -1 get a guard, which takes operators of its own.</summary>
    private static void CheckDivisions(OnnxGraph graph, string name)
    {
        foreach (OnnxNode node in graph.AllNodes.Where(node => graph.Divisions.ContainsKey(node.Number)))
        {
            long least = graph.Divisions[node.Number] == 0 ? FirstCastLike : FirstWhere;
            if (graph.Opset < least)
                throw Unsupported($"{node.Operator} in {name}, which makes {node.Outputs.FirstOrDefault()}, divides whole numbers by "
                    + $"{node.Input(1)}, which may be -1", $"Export it with operators of version {least} or later.");
        }
    }

    /// <summary>Attributes that something is divided by: 0 would be a trap of the processor.</summary>
    private static void Counts(OnnxNode node, string name)
    {
        foreach (string count in (string[])["group", "strides", "dilations", "kernel_shape", "blocksize", "num_groups"])
            if (node.List(count)?.FirstOrDefault(value => value < 1, 1) is < 1 and var wrong)
                throw Invalid($"{node.Operator} in {name}, which makes {node.Outputs.FirstOrDefault()}, has {count} {wrong}");
    }

    /// <summary>Operators that make a large tensor of a few constants: a session would compute them when it is made.</summary>
    private static void Folded(OnnxGraph graph, OnnxNode node, string name)
    {
        double[]? sizes = node.Operator switch
        {
            "ConstantOfShape" => Values(graph, node, 0),
            "Expand" or "Tile" => Values(graph, node, 1),
            "RandomNormal" or "RandomUniform" => node.List("shape")?.Select(size => (double)size).ToArray(),
            "Range" when Values(graph, node, 0) is [var start] && Values(graph, node, 1) is [var limit]
                && Values(graph, node, 2) is [var step] => [(limit - start) / step],
            _ => null,
        };
        if (sizes is not null && sizes.Aggregate(1.0, (product, size) => product * Math.Abs(size)) > MostFolded)
            throw Invalid($"{node.Operator} in {name} makes a tensor of {string.Join(" x ", sizes)} values");
    }

    private static double[]? Values(OnnxGraph graph, OnnxNode node, int input) =>
        graph.Constants.GetValueOrDefault(node.Input(input))?.Values;

    private static BioDLException Invalid(string message) =>
        new(Status.ModelInvalid, message + ".", "Download the model again, or export it anew.");

    private static BioDLException Unsupported(string message, string hint) => new(Status.ModelUnsupported, message + ".", hint);
}
