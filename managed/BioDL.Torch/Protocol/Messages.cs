using System.Text.Json.Serialization;

namespace BioDL.Torch.Protocol;

// What the library and its worker biodl-torch say to each other: one line of JSON each, a request and then its answer. These files are
// compiled into both.

/// <summary>What the library asks of the worker. A further verb is a further record.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "verb")]
[JsonDerivedType(typeof(LoadRequest), "load")]
[JsonDerivedType(typeof(RunRequest), "run")]
[JsonDerivedType(typeof(TakeRequest), "take")]
[JsonDerivedType(typeof(UnloadRequest), "unload")]
[JsonDerivedType(typeof(TrimRequest), "trim")]
[JsonDerivedType(typeof(CheckRequest), "check")]
internal abstract record Request;

/// <summary>Values in the shared memory, row-major.</summary>
/// <param name="Offset">bytes from its beginning</param>
/// <param name="Shape">sizes, outermost first</param>
internal sealed record Window(long Offset, long[] Shape);

/// <summary>Load a network. Nothing of its code runs. Answered by <see cref="LoadedAnswer"/>.</summary>
/// <param name="Offset">of the checked archive in the shared memory</param>
/// <param name="Length">its bytes</param>
/// <param name="Method">that a run calls</param>
/// <param name="TakesList">the method takes all tensors as one list</param>
/// <param name="ProcessorSeconds">that loading may take; more ends the worker</param>
internal sealed record LoadRequest(long Offset, long Length, string Method, bool TakesList, int ProcessorSeconds) : Request;

/// <summary>Run a network on float32 values that are read where they lie. Answered by <see cref="RanAnswer"/>.</summary>
/// <param name="Network">its number</param>
/// <param name="Inputs">in the order of the method</param>
/// <param name="Measure">also tell the memory that the run takes</param>
internal sealed record RunRequest(int Network, Window[] Inputs, bool Measure) : Request;

/// <summary>
/// Copy the first tensors of the last run into the shared memory, as float32, and forget that run. Answered by <see cref="DoneAnswer"/>.
/// </summary>
/// <param name="Outputs">where to, in the shapes that the network gave; null: that output is left</param>
internal sealed record TakeRequest(Window?[] Outputs) : Request;

/// <summary>Forget a network.</summary>
internal sealed record UnloadRequest(int Network) : Request;

/// <summary>Give memory of past runs back to the system.</summary>
internal sealed record TrimRequest : Request;

/// <summary>Try what once went wrong in TorchSharp when it was compiled ahead of time. Answered by <see cref="CheckedAnswer"/>.</summary>
internal sealed record CheckRequest : Request;

/// <summary>What the worker answers; the first one, unasked, is <see cref="ReadyAnswer"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(ReadyAnswer), "ready")]
[JsonDerivedType(typeof(LoadedAnswer), "loaded")]
[JsonDerivedType(typeof(RanAnswer), "ran")]
[JsonDerivedType(typeof(DoneAnswer), "done")]
[JsonDerivedType(typeof(CheckedAnswer), "checked")]
[JsonDerivedType(typeof(FailedAnswer), "failed")]
internal abstract record Answer;

/// <summary>libtorch is loaded and the limits are set.</summary>
/// <param name="Protocol"><see cref="ProtocolVersion.Number"/> of the worker</param>
/// <param name="Libtorch">its version, such as "2.10.0"</param>
internal sealed record ReadyAnswer(int Protocol, string Libtorch) : Answer;

/// <param name="Network">its number, for later requests</param>
internal sealed record LoadedAnswer(int Network) : Answer;

/// <param name="Shapes">of the tensors that the network gave, in order, depth first</param>
/// <param name="Bytes">memory that the run took at its worst moment, inputs not counted; 0 when it was not measured</param>
internal sealed record RanAnswer(long[][] Shapes, long Bytes) : Answer;

internal sealed record DoneAnswer : Answer;

/// <param name="Parameters">tensors that a network registered, layer by layer</param>
/// <param name="GroupNormIsOne">a new GroupNorm has the weights 1 and the bias 0</param>
/// <param name="WaitPolicy">of OpenMP, as native code sees it</param>
/// <param name="WrongShapes">what a product of unfitting matrices says</param>
/// <param name="OperatorError">what an operator of libtorch says of unfitting sizes</param>
internal sealed record CheckedAnswer(int Parameters, bool GroupNormIsOne, string WaitPolicy, string WrongShapes, string OperatorError)
    : Answer;

/// <param name="Kind">what an error it is</param>
/// <param name="Message">one line</param>
internal sealed record FailedAnswer(FailureKind Kind, string Message) : Answer;

internal enum FailureKind
{
    /// <summary>The network raised an error, or cannot be loaded.</summary>
    Network = 1,

    /// <summary>Not enough memory.</summary>
    Memory = 2,
}

internal static class ProtocolVersion
{
    /// <summary>Raised whenever a record changes.</summary>
    public const int Number = 1;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(Answer))]
internal sealed partial class ProtocolJson : JsonSerializerContext;
