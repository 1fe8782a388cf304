using BioDL.Core;
using BioDL.TensorFlow.Reading;

namespace BioDL.TensorFlow.Variables;

/// <summary>
/// Which entry of the bundle belongs to which variable of the graph. The graph itself says so where it restores its variables (RestoreV2,
/// then an
/// assignment), or where it saves them. Otherwise the checkpoint's own list of objects does, or the variable's name.
/// </summary>
internal sealed class VariableNames
{
    private const int MaximumHops = 64;
    private const string ValueSuffix = "/.ATTRIBUTES/VARIABLE_VALUE";
    private readonly FlatGraph _graph;
    private readonly VariableBundle _bundle;
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _objects;
    private readonly Dictionary<string, List<string>> _texts = new(StringComparer.Ordinal);

    public VariableNames(FlatGraph graph, VariableBundle bundle)
    {
        (_graph, _bundle) = (graph, bundle);
        foreach (FlatNode node in graph.Nodes.Values.Where(node => node.Operation == "SaveV2"))
            AddSaved(node);
        foreach (FlatNode node in graph.Nodes.Values.Where(node => node.Operation is "Assign" or "AssignVariableOp"
            && node.Inputs.Length == 2))
            AddRestored(node);
        _objects = bundle.Has(VariableBundle.ObjectGraphKey) ? ObjectGraph.Names(bundle.Text(VariableBundle.ObjectGraphKey)) : [];
    }

    /// <summary>The bundle's key for a variable.</summary>
    /// <param name="variable">VariableV2, VarHandleOp or the like</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>: the bundle has no such variable.</exception>
    public string Key(TfNode variable)
    {
        string shared = variable.Text("shared_name") is { Length: > 0 } named ? named : variable.Name;
        string?[] candidates =
        [
            _keys.GetValueOrDefault(variable.Name), _objects.GetValueOrDefault(shared), shared, variable.Name, shared + ValueSuffix,
            variable.Name + ValueSuffix,
        ];
        return Array.Find(candidates, key => key is not null && _bundle.Has(key)) ?? throw new BioDLException(Status.ModelInvalid,
            $"The variable \"{variable.Name}\" of the graph is not among the saved ones.", "Download or export the model again.");
    }

    /// <summary>SaveV2: prefix, names, slices, then the values in the order of the names.</summary>
    private void AddSaved(FlatNode node)
    {
        List<string> names = Texts(node, 1);
        for (int i = 0; i < names.Count && i + 3 < node.Inputs.Length; i++)
        {
            if (Variable(node.Inputs[i + 3]) is { } variable)
                _keys[variable] = names[i];
        }
    }

    private void AddRestored(FlatNode node)
    {
        TfPort value = node.Inputs[1];
        if (Variable(node.Inputs[0]) is not { } variable || Follow(ref value) is not { Operation: "RestoreV2" } restore)
            return;
        List<string> names = Texts(restore, 1);
        if (value.Index < names.Count)
            _keys[variable] = names[value.Index];
    }

    private List<string> Texts(FlatNode node, int input)
    {
        if (input >= node.Inputs.Length)
            return [];
        TfPort port = node.Inputs[input];
        if (Follow(ref port) is not { Operation: "Const" } constant)
            return [];
        if (!_texts.TryGetValue(constant.Name, out List<string>? texts))
            _texts[constant.Name] = texts = TfTensorReader.Texts(constant.Node.Tensor("value"));
        return texts;
    }

    private string? Variable(TfPort port) =>
        Follow(ref port) is { Operation: "VariableV2" or "Variable" or "VarHandleOp" } node ? node.Name : null;

    /// <summary>The operation that a value comes from, behind those that only hand it on.</summary>
    private FlatNode? Follow(ref TfPort port)
    {
        for (int hops = 0; hops < MaximumHops && _graph.Nodes.TryGetValue(port.Node, out FlatNode? node); hops++)
        {
            switch (node.Operation)
            {
                case FunctionInliner.Results or "IdentityN" when port.Index < node.Inputs.Length:
                    port = node.Inputs[port.Index];
                    break;
                case "Identity" or "ReadVariableOp" or "Cast" when node.Inputs.Length > 0:
                    port = node.Inputs[0];
                    break;
                default:
                    return node;
            }
        }
        return null;
    }
}
