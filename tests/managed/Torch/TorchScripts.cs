using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using BioDL.Core.Tensors;
using BioDL.Torch;
using BioDL.Torch.Worker;

namespace BioDL.Tests.Torch;

/// <summary>Writes TorchScript archives by hand, also ones that torch.jit.save would never write.</summary>
internal sealed class TorchScripts
{
    public const string Empty = "\u0080\u0002).";

    public Dictionary<string, byte[]> Entries { get; } = [];

    /// <summary>A module of one class `__torch__.Net`.</summary>
    /// <param name="forward">statements of forward(x: Tensor), the last one a return</param>
    /// <param name="returns">its type</param>
    /// <param name="more">further members of the class</param>
    /// <param name="arguments">of forward, besides self</param>
    public static TorchScripts Of(string forward, string returns = "Tensor", string more = "", string arguments = "x: Tensor")
    {
        string code = $"class Net(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n{more}  def forward(self: "
            + $"__torch__.Net,\n    {arguments}) -> {returns}:\n"
            + string.Concat(forward.Split('\n').Select(line => $"    {line}\n"));
        return new TorchScripts().With("version", "3\n").With("code/__torch__.py", code).With("constants.pkl", Latin(Empty))
            .With("data.pkl", Module(""));
    }

    /// <summary>With a parameter `weight` of the given values.</summary>
    public static TorchScripts OfWeight(string storage, byte[] values, int count, string forward, long? claimed = null) =>
        Of(forward, more: "  weight : Tensor\n").With("data/0", values).With("data.pkl", Module(
            Text("weight") + "ctorch._utils\n_rebuild_tensor_v2\n((" + Text("storage") + $"ctorch\n{storage}\n" + Text("0") + Text("cpu")
                + Number(claimed ?? count) + "tQ"
            + Number(0) + "(" + Number(claimed ?? count) + "t(" + Number(1) + "t\u0089ccollections\nOrderedDict\n)RtR"));

    public static byte[] Module(string attributes) =>
        Latin("\u0080\u0002c__torch__\nNet\n)\u0081}(" + Text("training") + "\u0088" + attributes + "ub.");

    public static string Number(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return "\u008a\u0008" + Encoding.Latin1.GetString(bytes);
    }

    public static string Text(string text)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        return "X" + Encoding.Latin1.GetString(length) + text;
    }

    public static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);

    public TorchScripts With(string entry, string content) => With(entry, Encoding.UTF8.GetBytes(content));

    public TorchScripts With(string entry, byte[] content)
    {
        Entries[entry] = content;
        return this;
    }

    public TorchScripts Without(string entry)
    {
        Entries.Remove(entry);
        return this;
    }

    public byte[] Bytes(string root = "net")
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in Entries)
            {
                using Stream entry = archive.CreateEntry($"{root}/{name}", CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    public TorchNetwork Load(int inputs = 1, int outputs = 1) => TorchNetwork.Load(() => Bytes(), "net.pt", inputs, outputs);

    /// <summary>Tests of libtorch itself skip where there is none, and say so.</summary>
    public static void Require() => Skip.If(TorchLibrary.Unavailable is not null, TorchLibrary.Unavailable);

    public static unsafe Tensor Tensor(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        var tensor = new Tensor();
        tensor.Reshape(shape);
        values.CopyTo(new Span<float>(tensor.Data, (int)tensor.Count));
        return tensor;
    }

    public static unsafe float[] Values(Tensor tensor) => new ReadOnlySpan<float>(tensor.Data, (int)tensor.Count).ToArray();

    /// <summary>Run on (1, 1, 2, 2) of 1, 2, 3, 4 and give back tensors of that shape.</summary>
    public static float[][] Run(TorchNetwork network, int outputs = 1)
    {
        using Tensor x = Tensor([1, 2, 3, 4], 1, 1, 2, 2);
        Tensor[] y = [.. Enumerable.Range(0, outputs).Select(_ => Tensor([0, 0, 0, 0], 1, 1, 2, 2))];
        network.Run([x], y);
        float[][] values = [.. y.Select(Values)];
        foreach (Tensor tensor in y)
            tensor.Dispose();
        return values;
    }
}
