using System.Runtime.InteropServices;

namespace BioDL.Native.Interop;

// The structs of native/include/biodl/catalogue.h; see Structs.cs.

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CatalogueEntryStruct
{
    public uint StructSize;
    public int State;
    public int Task;
    public int Runnable;
    public long Bytes;
    public byte* Id;
    public byte* Name;
    public byte* Version;
    public byte* Description;
    public byte* Licence;
    public byte* Citation;
    public byte* Input;
    public byte* Tags;
    public byte* Source;
    public byte* Cover;
    public byte* WhyNot;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VerificationInfoStruct
{
    public uint StructSize;
    public int Outcome;
    public long Outputs;
    public byte* Device;
    public byte* WeightsFormat;
    public byte* Text;
    public double Milliseconds;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VerificationOutputStruct
{
    public uint StructSize;
    public int Passed;
    public byte* Name;
    public long Values;
    public long Mismatches;
    public double LargestDeviation;
    public double AbsoluteTolerance;
    public double RelativeTolerance;
    public double AllowedPerMillion;
}
