using System.Runtime.InteropServices;

namespace BioDL.Native.Interop;

// The structs of native/include/biodl/run.h and biodl_tensor_info of model.h; see Structs.cs.

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TensorInfoStruct
{
    public uint StructSize;
    public int Channels;
    public byte* Name;
    public byte* Axes;
    public byte* ChannelNames;
    public byte* Processing;
    public fixed long Min[3];
    public fixed long Step[3];
    public int Kind;
    public int RestoresInput;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ChannelsStruct
{
    public int* Index;
    public long Count;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RunOptionsStruct
{
    public uint StructSize;
    public int Normalize;
    public double PercentileLow;
    public double PercentileHigh;
    public int Scale;
    public int Tile;
    public byte* Device;
    public long MemoryLimit;
    public ChannelsStruct* Channels;
    public long ChannelsCount;
    public fixed long Region[4];
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PlanInfoStruct
{
    public uint StructSize;
    public int Outputs;
    public long Tiles;
    public fixed long Tile[3];
    public fixed long Halo[3];
    public long MemoryBytes;
    public byte* Match;
    public byte* Why;
    public byte* Warnings;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PlanOutputStruct
{
    public uint StructSize;
    public int Kind;
    public fixed long Shape[5];
    public int RestoresInput;
    public int Dtype;
    public byte* Name;
    public byte* DataType;
    public byte* ChannelNames;
    public fixed double PixelPitch[3];
    public fixed double Origin[3];
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ResultInfoStruct
{
    public uint StructSize;
    public int FellBack;
    public long Tiles;
    public fixed long Tile[3];
    public long BytesRead;
    public long BytesWritten;
    public byte* Device;
    public byte* DeviceName;
    public byte* Warnings;
    public byte* Provenance;
    public double PrepareMs;
    public double StatisticsMs;
    public double ReadMs;
    public double NetworkMs;
    public double WriteMs;
    public double TotalMs;
}

[StructLayout(LayoutKind.Sequential)]
internal struct ResultOutputStruct
{
    public uint StructSize;
    public int Reserved;
    public long Clipped;
    public long NotFinite;
}
