using System.Runtime.InteropServices;
using BioDL.Core.Running;
using BioDL.Core.Segmentation;

namespace BioDL.Native.Interop;

// The structs of native/include/biodl/*.h, field by field; the headers hold the documentation, and a test compares
// every size and offset with what a C compiler says.

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ErrorStruct
{
    public const int MessageSize = 1024, HintSize = 512;
    public uint StructSize;
    public int Code;
    public fixed byte Message[MessageSize];
    public fixed byte Hint[HintSize];
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VersionInfoStruct
{
    public uint StructSize;
    public uint AbiVersion;
    public byte* Version;
    public byte* Build;
    public byte* RuntimeVersion;
    public byte* LibraryPath;
    public byte* RuntimePath;
    public byte* InstructionSet;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DeviceInfoStruct
{
    public uint StructSize;
    public int Kind;
    public byte* Id;
    public byte* Name;
    public long MemoryBytes;
    public int Available;
    public int Reserved;
    public byte* UnavailableReason;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ModelInfoStruct
{
    public uint StructSize;
    public int Channels;
    public byte* Name;
    public byte* Description;
    public byte* Licence;
    public byte* Source;
    public byte* Sha256;
    public byte* Citation;
    public int Rays;
    public int GridY;
    public int GridX;
    public int DivisorY;
    public int DivisorX;
    public int Halo;
    public double PercentileLow;
    public double PercentileHigh;
    public double ProbThreshold;
    public double OverlapThreshold;
    public int Task;
    public int Inputs;
    public int Outputs;
    public int Reserved;
    public byte* Id;
    public byte* Version;
    public byte* Format;
    public byte* WeightsFormat;
    public byte* Tags;

    /// <summary>Up to OverlapThreshold: what ABI 1 had.</summary>
    public const int FirstSize = 112;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ImageStruct
{
    public uint StructSize;
    public int Dtype;
    public fixed long Shape[5];
    public fixed long Strides[5];
    public byte* Data;
    public long Offset;
    public delegate* unmanaged[Cdecl]<void*, long, byte*> Lock;
    public delegate* unmanaged[Cdecl]<void*, long, byte*, int, void> Unlock;
    public void* UserData;
}

[StructLayout(LayoutKind.Sequential)]
internal struct ProgressStruct
{
    public uint StructSize;
    public int Stage;
    public long Done;
    public long Total;
    public int Frame;
    public int Slice;
    public double Fraction;
    public double SecondsLeft;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SegmentOptionsStruct
{
    public uint StructSize;
    public int Normalize;
    public double PercentileLow;
    public double PercentileHigh;
    public double ProbThreshold;
    public double OverlapThreshold;
    public int Vertices;
    public int LabelScope;
    public int Border;
    public int Tile;
    public byte* Device;
    public ImageStruct* Mask;
    public long MemoryLimit;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ObjectsViewStruct
{
    public uint StructSize;
    public int Rays;
    public long Count;
    public long ObjectSize;
    public SegmentedObject* Objects;
    public float* Vertices;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ObjectsReportStruct
{
    public uint StructSize;
    public int TileHeight;
    public int TileWidth;
    public int FellBack;
    public long Tiles;
    public long Candidates;
    public byte* Device;
    public byte* DeviceName;
    public byte* Warnings;
    public byte* Provenance;
    public double PrepareMs;
    public double ReadMs;
    public double NormalizeMs;
    public double NetworkMs;
    public double CandidatesMs;
    public double SuppressMs;
    public double RenderMs;
    public double TotalMs;
}
