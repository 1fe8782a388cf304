namespace BioDL.TensorFlow.Reading;

/// <summary>An operation of a graph without function calls: its inputs are other operations' outputs.</summary>
internal sealed record FlatNode(TfNode Node, TfPort[] Inputs)
{
    public string Name => Node.Name;

    public string Operation => Node.Operation;
}

/// <summary>A graph whose function calls have been replaced by the functions' operations.</summary>
/// <param name="Nodes">by name</param>
internal sealed record FlatGraph(Dictionary<string, FlatNode> Nodes);
