using BioDL.TensorFlow.Reading;
using BioDL.TensorFlow.Values;

namespace BioDL.TensorFlow.Operations;

/// <summary>Operations that hand values on, and those that choose between them.</summary>
internal static class ControlOperations
{
    public static void Register(Dictionary<string, OperationTable.Handler> handlers)
    {
        handlers["Const"] = operation => [TfTensorReader.Read(operation.Node.Tensor("value"))];
        foreach (string name in (string[])["Identity", "StopGradient", "PreventGradient", "Snapshot", "CheckNumerics",
            "PlaceholderWithDefault", "EnsureShape",
            "RefIdentity", "LoopCond"])
        {
            handlers[name] = operation => [operation.Input(0)];
        }
        handlers["IdentityN"] = handlers[FunctionInliner.Results] = operation => operation.Inputs;
        handlers["NoOp"] = _ => [];
        handlers["Switch"] = handlers["RefSwitch"] = Switch;
        handlers["Merge"] = handlers["RefMerge"] = Merge;
        handlers[FunctionInliner.Choice] = Choice;
        handlers["Select"] = handlers["SelectV2"] = Select;
    }

    /// <summary>Outputs: the value if the condition is false, the value if it is true. The other one is dead.</summary>
    private static TfValue[] Switch(Operation operation)
    {
        if (operation.Input(1) is DeadValue || operation.Input(0) is DeadValue)
            return [DeadValue.Instance, DeadValue.Instance];
        if (operation.Input(1) is MissingValue missing)
            return [missing, missing];
        TfValue value = operation.Input(0);
        return Condition(operation, 1) ? [DeadValue.Instance, value] : [value, DeadValue.Instance];
    }

    /// <summary>The one input that is not dead.</summary>
    private static TfValue[] Merge(Operation operation)
    {
        int[] live = [.. Enumerable.Range(0, operation.Inputs.Length).Where(i => operation.Inputs[i] is not DeadValue)];
        return live.Length switch
        {
            0 => [DeadValue.Instance, DeadValue.Instance],
            1 => [operation.Inputs[live[0]], SizeValue.Scalar(SizeTerm.Number(live[0]))],
            _ => throw operation.Unsupported("which of its inputs comes is decided when the network runs"),
        };
    }

    private static TfValue[] Choice(Operation operation)
    {
        if (operation.Input(0) is MissingValue or DeadValue)
            return [operation.Input(0)];
        return [Condition(operation, 0) ? operation.Input(1) : operation.Input(2)];
    }

    /// <summary>Select with one condition for all values.</summary>
    private static TfValue[] Select(Operation operation) => [Condition(operation, 0) ? operation.Input(1) : operation.Input(2)];

    private static bool Condition(Operation operation, int input)
    {
        SizeTerm[] terms = operation.Terms(input);
        return terms.Length == 1 && terms[0].Value is { } value ? value != 0
            : throw operation.Unsupported("its condition is decided when the network runs");
    }
}
