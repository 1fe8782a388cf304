using System.Reflection;

namespace BioDL.Core;

/// <summary>What any exception means to whoever called: nothing reaches a user without a status, a sentence, and what to do.</summary>
public static class Fault
{
    /// <returns>the exception itself where it is known; never null</returns>
    public static BioDLException Of(Exception error) => error switch
    {
        BioDLException known => known,
        AggregateException { InnerException: { } first } => Of(first),
        TypeInitializationException { InnerException: { } cause } => Of(cause),
        TargetInvocationException { InnerException: { } cause } => Of(cause),
        OperationCanceledException => new BioDLException(Status.Cancelled, "cancelled", "nothing was changed", error),
        OutOfMemoryException => new BioDLException(
            Status.OutOfMemory, "not enough memory", "close other images or choose a smaller tile", error),
        OverflowException => new BioDLException(
            Status.InvalidArgument, $"a size overflows: {error.Message}", "check sizes and strides", error),
        UnauthorizedAccessException or IOException => new BioDLException(
            Status.Io, error.Message, "check the path and its permissions", error),
        _ => new BioDLException(Status.Internal, $"{error.GetType().Name}: {error.Message}",
            "this is a defect of BioDLNative; please report it with this text", error),
    };
}
