using BioDL.Core;
using BioDL.Graphs.Wire;
using static BioDL.Graphs.Wire.MessageEdit;

namespace BioDL.Graphs.Editing;

/// <summary>
/// Brings tensors that a network keeps in files of their own into its file, for packages whose files are not on disk. Offsets and lengths
/// are untrusted: a tensor lies inside its file, or the network is refused; that its bytes are as many as its sizes say is checked when
/// the result is read.
/// </summary>
/// <param name="read">gives a file by the name that the network has for it</param>
/// <param name="name">of the network, for messages</param>
public sealed class ExternalTensors(Func<string, byte[]> read, string name)
{
    private const int GraphField = 7, FunctionField = 25, External = 1;

    /// <summary>ONNX's own limit for a file, with room for what else it holds.</summary>
    private const long Limit = int.MaxValue - (64 << 20);

    private readonly Dictionary<string, byte[]> _files = [];
    private long _bytes;

    /// <summary>The network as one file.</summary>
    /// <param name="onnx">the bytes of its file; not changed</param>
    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>; <see cref="Status.ModelUnsupported"/>: it is too
    /// large.</exception>
    public byte[] Inlined(byte[] onnx) => Changed(onnx, field => field switch
    {
        GraphField => graph => Message(GraphField, Graph(graph)),
        FunctionField => function => Message(FunctionField, Changed(function, inner => inner == 7 ? node => Message(7, Node(node)) : null)),
        _ => null,
    }) ?? onnx;

    /// <summary>GraphProto: node = 1, initializer = 5, sparse_initializer = 15.</summary>
    private byte[]? Graph(ReadOnlySpan<byte> graph) => Changed(graph, field => field switch
    {
        1 => node => Message(1, Node(node)),
        5 => tensor => Message(5, Tensor(tensor)),
        15 => sparse => Message(15, Sparse(sparse)),
        _ => null,
    });

    /// <summary>NodeProto: attribute = 5 {t = 5, g = 6, tensors = 10, graphs = 11, sparse tensors = 22 and 23}.</summary>
    private byte[]? Node(ReadOnlySpan<byte> node) => Changed(node, field => field == 5 ? attribute => Message(5, Changed(attribute,
        inner => inner switch
        {
            5 or 10 => tensor => Message(inner, Tensor(tensor)),
            6 or 11 => graph => Message(inner, Graph(graph)),
            22 or 23 => sparse => Message(inner, Sparse(sparse)),
            _ => null,
        })) : null);

    private byte[]? Sparse(ReadOnlySpan<byte> sparse) =>
        Changed(sparse, field => field is 1 or 2 ? tensor => Message(field, Tensor(tensor)) : null);

    /// <summary>TensorProto: name = 8, raw_data = 9, external_data = 13 {key = 1, value = 2}, data_location = 14.</summary>
    private byte[]? Tensor(ReadOnlySpan<byte> tensor)
    {
        var (place, isExternal, tensorName, kept) = (new Dictionary<string, string>(), false, "", new WireWriter());
        var reader = new WireReader(tensor);
        while (!reader.Rest.IsEmpty)
        {
            ReadOnlySpan<byte> field = reader.Rest;
            reader.Next();
            switch (reader.Field)
            {
                case 13:
                    var (key, value) = Entry(reader.Bytes());
                    place[key] = value;
                    continue;
                case 14:
                    isExternal = reader.Integer() == External;
                    continue;
                case 8:
                    tensorName = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
            if (reader.Field != 9)
                kept.Raw(field[..^reader.Rest.Length]);
        }
        if (!isExternal && place.Count == 0)
            return null;
        kept.Message(9, Bytes(place, tensorName));
        return kept.ToArray();
    }

    private ReadOnlySpan<byte> Bytes(Dictionary<string, string> place, string tensor)
    {
        string file = place.GetValueOrDefault("location", "");
        if (!_files.TryGetValue(file, out byte[]? bytes))
            _files[file] = bytes = read(file);
        long offset = Number(place, "offset", 0, tensor), length = Number(place, "length", bytes.Length - offset, tensor);
        if (offset < 0 || length < 0 || offset > bytes.Length || length > bytes.Length - offset)
            throw Invalid($"{tensor} of {name} should be the bytes from {offset} to {offset + (Int128)length} of {file}, which has "
                + $"{bytes.Length}");
        if ((_bytes += length) > Limit)
            throw new BioDLException(Status.ModelUnsupported, $"{name} has weights of more than {Limit >> 20} MiB in files of their own.",
                "Unpack the zip file and open the folder.");
        return bytes.AsSpan((int)offset, (int)length);
    }

    private long Number(Dictionary<string, string> place, string key, long otherwise, string tensor) =>
        !place.TryGetValue(key, out string? text) || text.Length == 0 ? otherwise
        : long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number)
            ? number : throw Invalid($"{tensor} of {name} has the {key} \"{text}\", which is no number of bytes");

    private static (string Key, string Value) Entry(ReadOnlySpan<byte> message)
    {
        var (key, value) = ("", "");
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                key = reader.Text();
            else if (reader.Field == 2)
                value = reader.Text();
            else
                reader.Skip();
        }
        return (key, value);
    }

    private static BioDLException Invalid(string message) =>
        new(Status.ModelInvalid, message + ".", "Download the model again, with all its files.");
}
