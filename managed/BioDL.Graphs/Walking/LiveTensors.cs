namespace BioDL.Graphs.Walking;

/// <summary>Which tensors live at the same time when a graph is run in its own order, in values for each pixel of the input.</summary>
internal sealed class LiveTensors
{
    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, string> _storage = [];
    private readonly Dictionary<string, int> _lastUse = [];
    private double _live;

    public LiveTensors(OnnxGraph graph)
    {
        _graph = graph;
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            foreach (string name in graph.Nodes[i].Inputs.Concat(graph.Nodes[i].Captures))
                _lastUse[name] = i;
        }
        foreach (TensorSpec output in graph.Outputs)
            _lastUse[output.Name] = int.MaxValue;
    }

    /// <summary>The most that lived at once so far.</summary>
    public double Peak { get; private set; }

    /// <summary>A tensor that lives from the start.</summary>
    public void Add(string name, double values)
    {
        _storage[name] = name;
        _live += values;
        Peak = Math.Max(Peak, _live);
    }

    /// <summary>A node that takes and gives tensors.</summary>
    /// <param name="node">the node</param>
    /// <param name="index">its place in the graph</param>
    /// <param name="values">values per pixel of a tensor, null for one that does not depend on the input</param>
    public void Visit(OnnxNode node, int index, Func<string, double?> values)
    {
        string[] inputs = [.. node.Inputs.Concat(node.Captures).Where(_storage.ContainsKey)];
        string first = inputs[0];
        bool inPlace = Operators.InPlace.Contains(node.Operator) && (_lastUse[first] == index || index == _graph.Nodes.Count - 1);
        foreach (string output in node.Outputs.Where(name => name.Length > 0))
        {
            _storage[output] = inPlace ? _storage[first] : output;
            if (inPlace)
                _lastUse[_storage[first]] = Math.Max(_lastUse[_storage[first]], _lastUse.GetValueOrDefault(output));
            else if (_lastUse.ContainsKey(output))
                _live += values(output) ?? 0;
        }
        Peak = Math.Max(Peak, _live);
        foreach (string name in inputs.Select(name => _storage[name]).Distinct())
        {
            if (_lastUse.GetValueOrDefault(name) == index)
                _live -= values(name) ?? 0;
        }
    }
}
