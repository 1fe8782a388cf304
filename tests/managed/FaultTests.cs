using BioDL.Core;

namespace BioDL.Tests;

/// <summary>Any exception becomes a status, a sentence and a remedy.</summary>
public class FaultTests
{
    public static TheoryData<Exception, Status> All => new()
    {
        { new BioDLException(Status.ModelInvalid, "a sentence", "a remedy"), Status.ModelInvalid },
        { new OverflowException("of a size"), Status.InvalidArgument },
        { new OutOfMemoryException(), Status.OutOfMemory },
        { new InsufficientMemoryException(), Status.OutOfMemory },
        { new IOException("disk"), Status.Io },
        { new UnauthorizedAccessException("rights"), Status.Io },
        { new OperationCanceledException(), Status.Cancelled },
        { new AggregateException(new OutOfMemoryException(), new IOException()), Status.OutOfMemory },
        { new TypeInitializationException("a type", new BioDLException(Status.NotFound, "no library", "put it there")), Status.NotFound },
        { new IndexOutOfRangeException("a defect"), Status.Internal },
        { new ArgumentException("a defect"), Status.Internal },
    };

    [Theory, MemberData(nameof(All))]
    public void Any_exception_is_told(Exception error, Status status)
    {
        BioDLException known = Fault.Of(error);
        Assert.Equal(status, known.Status);
        Assert.True(known.Message.Length > 0 && known.Hint.Length > 0);
    }
}
