namespace BioDL.Core;

/// <summary>Why a call failed. The numbers are those of <c>biodl_status</c> in native/include/biodl/status.h.</summary>
public enum Status
{
    Ok = 0,
    InvalidArgument = 100,
    InvalidHandle = 101,
    InvalidStruct = 102,
    LabelOverflow = 103,
    NotFound = 200,
    Io = 201,
    ModelInvalid = 210,
    ModelUnsupported = 211,
    DeviceUnavailable = 300,
    OutOfMemory = 301,
    Host = 302,
    Cancelled = 310,
    Internal = 900,
}

/// <summary>An error worded for the person who meets it: what happened, to which file or image, and what to do.</summary>
public sealed class BioDLException(Status status, string message, string hint = "", Exception? cause = null) : Exception(message, cause)
{
    public Status Status { get; } = status;

    /// <summary>What to do about it; may be empty.</summary>
    public string Hint { get; } = hint;
}
