using BioDL.Core.Training;

namespace BioDL.Graphs.UNets.Reading;

/// <summary>Where the heads of a file branch off its trunk: all from one tensor, or over convolutions of features.</summary>
/// <param name="Heads">in order</param>
/// <param name="Trunk">the tensor that the U-Net gives</param>
internal sealed record HeadBranches(IReadOnlyList<FoundHead> Heads, string Trunk)
{
    private static readonly HashSet<string> BehindConvolutions =
        ["Relu", "LeakyRelu", "Tanh", "BatchNormalization", "InstanceNormalization", "Mul", "Add", "Reshape"];

    /// <summary>The convolution of features that heads share; null: there is none that the branches tell.</summary>
    private OnnxNode? Shared { get; init; }

    /// <summary>Convolutions of features of single heads.</summary>
    private IReadOnlyDictionary<FoundHead, OnnxNode> Own { get; init; } = new Dictionary<FoundHead, OnnxNode>();

    /// <summary>Channels of the shared one; 0: none that the branches tell.</summary>
    public int Features { get; private init; }

    /// <summary>First tensors of all branches.</summary>
    public IReadOnlySet<string> Outputs { get; private init; } = new HashSet<string>();

    private IReadOnlyDictionary<FoundHead, int> Widths { get; init; } = new Dictionary<FoundHead, int>();

    /// <exception cref="UnmappedException">The heads come from different places.</exception>
    public static HeadBranches Of(GraphLinks links, IReadOnlyList<FoundHead> heads)
    {
        string[] from = [.. heads.Select(head => head.From).Distinct()];
        var before = from.ToDictionary(tensor => tensor, tensor => ConvolutionBefore(links, tensor), StringComparer.Ordinal);
        string? root = from.FirstOrDefault(tensor => from.All(other => other == tensor || before[other]?.Input(0) == tensor));
        HeadBranches branches;
        if (root is not null)
        {
            branches = new HeadBranches(heads, root)
            {
                Own = heads.Where(head => head.From != root).ToDictionary(head => head, head => before[head.From]!),
            };
        }
        else
        {
            string[] parents = [.. before.Values.Select(node => node?.Input(0) ?? "").Distinct()];
            if (parents is not [{ Length: > 0 } trunk])
                throw new UnmappedException("outputs that come from different places");
            string shared = heads.GroupBy(head => head.From).OrderByDescending(group => group.Count()).First().Key;
            branches = new HeadBranches(heads, trunk)
            {
                Shared = before[shared],
                Features = Channels(links, before[shared]!),
                Own = heads.Where(head => head.From != shared).ToDictionary(head => head, head => before[head.From]!),
            };
        }
        return branches with
        {
            Outputs = branches.FirstTensors(),
            Widths = branches.Own.ToDictionary(pair => pair.Key, pair => Channels(links, pair.Value)),
        };
    }

    /// <summary>As the family describes them.</summary>
    public IReadOnlyList<UNetHead> Described()
    {
        string[] names = Names();
        return [.. Heads.Select((head, i) => new UNetHead(names[i], head.Channels, head.Activation)
        {
            Features = Widths.GetValueOrDefault(head),
        })];
    }

    /// <summary>Nodes by the names of their blocks.</summary>
    public Dictionary<string, OnnxNode> Nodes(UNet net)
    {
        var nodes = new Dictionary<string, OnnxNode>(StringComparer.Ordinal);
        if (Shared is not null)
            nodes["features"] = Shared;
        for (int i = 0; i < Heads.Count; i++)
        {
            nodes[$"head.{net.Heads[i].Name}"] = Heads[i].Convolution;
            if (Own.TryGetValue(Heads[i], out OnnxNode? own))
                nodes[$"head.{net.Heads[i].Name}.features"] = own;
            if (Heads[i].Copies is { } copies)
                nodes[$"copies{i}"] = copies;
        }
        return nodes;
    }

    private HashSet<string> FirstTensors() => [.. Heads.Select(head => head.Convolution).Concat(Own.Values)
        .Concat(Heads.Select(head => head.Copies).Append(Shared).OfType<OnnxNode>()).Select(node => node.Outputs[0])];

    /// <summary>
    /// The outputs' own names where the family takes them; where outputs are joined or named otherwise, StarDist's by what they are, or
    /// numbers.
    /// </summary>
    private string[] Names()
    {
        string[] own = [.. Heads.Select(head => head.Name)];
        bool usable = own.Distinct().Count() == own.Length && own.All(UNetChecks.IsHeadName);
        if (usable)
            return own;
        string[] roles = [.. Heads.Select(head => head.Activation switch
        {
            Activation.Sigmoid when head.Channels == 1 => "prob",
            Activation.Softmax => "prob_class",
            _ => "dist",
        })];
        bool stars = roles.Contains("prob") && roles.Contains("dist") && roles.Distinct().Count() == roles.Length;
        return stars ? roles : Heads.Count == 1 ? ["output"] : [.. Heads.Select((_, i) => $"output{i}")];
    }

    private static int Channels(GraphLinks links, OnnxNode convolution) => checked((int)links.Shape(convolution.Input(1))[0]);

    /// <summary>The convolution of the block that ends with a tensor; null where another step does.</summary>
    private static OnnxNode? ConvolutionBefore(GraphLinks links, string tensor)
    {
        OnnxNode? node = links.Producer(tensor);
        while (node is not null && BehindConvolutions.Contains(node.Operator))
            node = links.Producer(node.Input(0));
        return node is { Operator: "Conv" } ? node : null;
    }
}
