using System.Buffers.Binary;
using System.Text;
using BioDL.Core;

namespace BioDL.Torch.Archive;

/// <summary>
/// Walks a pickle as libtorch's Unpickler will, without building anything: the stack never runs empty, only the names that TorchScript
/// itself writes
/// occur, nesting is bounded, and every tensor lies inside its weights. libtorch checks less: it takes the size of weights from the pickle
/// and believes
/// it. Operation codes are those of Python's pickle protocol 2 that torch.jit.save writes.
/// </summary>
/// <param name="pickle">the bytes</param>
/// <param name="file">for messages</param>
/// <param name="recordLength">bytes of the weights with a key; -1 where there are none</param>
/// <param name="errors">likewise</param>
internal sealed class TorchPickle(byte[] pickle, string file, Func<string, long> recordLength, TorchErrors errors)
{
    private const int MostDepth = 200, MostText = 1 << 16, MostStack = 1 << 20;

    private static readonly Dictionary<string, int> Storages = new()
    {
        ["FloatStorage"] = 4, ["DoubleStorage"] = 8, ["HalfStorage"] = 2, ["BFloat16Storage"] = 2, ["LongStorage"] = 8, ["IntStorage"] = 4,
        ["ShortStorage"] = 2, ["CharStorage"] = 1, ["ByteStorage"] = 1, ["BoolStorage"] = 1,
    };

    private static readonly HashSet<string> Functions =
    [
        "torch._utils _rebuild_tensor_v2", "torch.jit._pickle build_intlist", "torch.jit._pickle build_doublelist",
        "torch.jit._pickle build_boollist",
        "torch.jit._pickle build_tensorlist", "torch.jit._pickle restore_type_tag", "collections OrderedDict", "torch device",
    ];

    private readonly List<PickleValue> _stack = [];
    private readonly Dictionary<long, PickleValue> _memo = [];
    private int _at;

    /// <exception cref="BioDLException"><see cref="Status.ModelInvalid"/>, <see cref="Status.ModelUnsupported"/></exception>
    /// <returns>the value that it builds; of an object, its text is the class</returns>
    public PickleValue Check()
    {
        while (true)
        {
            byte code = Take(1)[0];
            if (code == (byte)'.')
                break;
            Step(code);
            if (_stack.Count > MostStack)
                throw Damaged("it is too large");
        }
        return Pop();
    }

    private void Step(byte code)
    {
        switch ((char)code)
        {
            case '\x80': Take(1); break;
            case '(': Push(PickleKind.Mark); break;
            case 'N' or '\x88' or '\x89': Push(PickleKind.Other); break;
            case 'J': Whole(BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case 'K': Whole(Take(1)[0]); break;
            case 'M': Whole(BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case '\x8a': Long(); break;
            case 'G': Take(8); Push(PickleKind.Other); break;
            case 'X': Text(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))); break;
            case ')': Tuple([]); break;
            case 't': Tuple(ToMark()); break;
            case '\x85': Tuple(Last(1)); break;
            case '\x86': Tuple(Last(2)); break;
            case '\x87': Tuple(Last(3)); break;
            case ']' or '}': Push(PickleKind.Container); break;
            case 'a': Fill(Last(1)); break;
            case 'e' or 'u': Fill(ToMark()); break;
            case 's': Fill(Last(2)); break;
            case 'b': Fill(Last(1)); break;
            case 'q': Remember(Take(1)[0]); break;
            case 'r': Remember(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))); break;
            case 'h': Recall(Take(1)[0]); break;
            case 'j': Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))); break;
            case 'c': Global(); break;
            case '\x81': New(); break;
            case 'R': Reduce(); break;
            case 'Q': Persistent(); break;
            default: throw Damaged($"it has the operation 0x{code:x2} at byte {_at - 1}");
        }
    }

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count > pickle.Length - _at)
            throw Damaged("it ends too early");
        _at += (int)count;
        return pickle.AsSpan(_at - (int)count, (int)count);
    }

    private void Push(PickleKind kind) => _stack.Add(new PickleValue(kind));

    private void Whole(long number) => _stack.Add(new PickleValue(PickleKind.Whole) { Number = number });

    private void Long()
    {
        int length = Take(1)[0];
        if (length > 8)
            throw Damaged("it has a number of more than 64 bits");
        ReadOnlySpan<byte> bytes = Take(length);
        long number = length > 0 && (bytes[^1] & 0x80) != 0 ? -1 : 0;
        for (int i = length - 1; i >= 0; i--)
            number = number << 8 | bytes[i];
        Whole(number);
    }

    private void Text(uint length)
    {
        string text = length <= MostText ? Encoding.UTF8.GetString(Take(length)) : throw Damaged($"it has a text of {length} bytes");
        _stack.Add(new PickleValue(PickleKind.Text) { Text = text });
    }

    private PickleValue Pop()
    {
        if (_stack.Count == 0 || _stack[^1].Kind == PickleKind.Mark)
            throw Damaged("it takes a value where there is none");
        PickleValue last = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return last;
    }

    private PickleValue[] Last(int count)
    {
        var values = new PickleValue[count];
        for (int i = count - 1; i >= 0; i--)
            values[i] = Pop();
        return values;
    }

    private PickleValue[] ToMark()
    {
        int mark = _stack.FindLastIndex(value => value.Kind == PickleKind.Mark);
        if (mark < 0)
            throw Damaged("it ends a list that it did not begin");
        PickleValue[] values = [.. _stack[(mark + 1)..]];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return values;
    }

    private void Tuple(PickleValue[] items) => _stack.Add(new PickleValue(PickleKind.Tuple, Inside(items)) { Items = items });

    /// <summary>Values go into another one, whose depth is returned.</summary>
    private int Inside(PickleValue[] items)
    {
        int depth = 0;
        foreach (PickleValue item in items)
        {
            item.IsInside = true;
            depth = Math.Max(depth, item.Depth + 1);
        }
        return depth <= MostDepth ? depth : throw Damaged($"its values are nested more than {MostDepth} deep");
    }

    private void Fill(PickleValue[] items)
    {
        PickleValue into = Pop();
        if (into.Kind != PickleKind.Container || into.IsInside || items.Contains(into))
            throw Damaged("it fills a value that is none to be filled");
        into.Depth = Math.Max(into.Depth, Inside(items));
        _stack.Add(into);
    }

    private void Remember(long place) => _memo[place] = _stack.Count > 0 && _stack[^1].Kind != PickleKind.Mark ? _stack[^1]
        : throw Damaged("it keeps a value where there is none");

    private void Recall(long place) => _stack.Add(_memo.GetValueOrDefault(place) ?? throw Damaged("it takes a value that it did not keep"));

    private void Global()
    {
        string name = $"{Line()} {Line()}";
        bool own = name.StartsWith("__torch__", StringComparison.Ordinal) && !name.Contains("torch.classes", StringComparison.Ordinal);
        bool storage = name.StartsWith("torch ", StringComparison.Ordinal) && Storages.ContainsKey(name[6..]);
        if (!own && !storage && !Functions.Contains(name))
            throw errors.Unsupported($"names {name.Replace(' ', '.')} in {file}, which is not allowed");
        _stack.Add(new PickleValue(PickleKind.Global) { Text = name });
    }

    private string Line()
    {
        int length = pickle.AsSpan(_at).IndexOf((byte)'\n');
        if (length is < 1 or > 1024)
            throw Damaged("it has a name without end");
        string line = Encoding.UTF8.GetString(Take(length));
        Take(1);
        return line;
    }

    private void New()
    {
        PickleValue[] parts = Last(2);
        if (parts[0].Kind != PickleKind.Global || !parts[0].Text.StartsWith("__torch__", StringComparison.Ordinal)
            || parts[1].Kind != PickleKind.Tuple)
            throw Damaged("it makes an object of something that is no class");
        _stack.Add(new PickleValue(PickleKind.Container) { Text = parts[0].Text });
    }

    private void Reduce()
    {
        PickleValue[] parts = Last(2);
        if (parts[0].Kind != PickleKind.Global || parts[1].Kind != PickleKind.Tuple)
            throw Damaged("it calls something that is no function");
        IReadOnlyList<PickleValue> arguments = parts[1].Items;
        switch (parts[0].Text)
        {
            case "torch._utils _rebuild_tensor_v2":
                Tensor(arguments);
                break;
            case "collections OrderedDict" when arguments.Count == 0:
                Push(PickleKind.Container);
                return;
            case "torch.jit._pickle restore_type_tag" when arguments.Count == 2
                && arguments[1] is { Kind: PickleKind.Text, Text.Length: < 4096 }:
            case "torch device" when arguments.Count == 1:
            case var name when name.StartsWith("torch.jit._pickle build_", StringComparison.Ordinal) && arguments.Count == 1:
            case var tuple when tuple.StartsWith("__torch__", StringComparison.Ordinal):
                break;
            default:
                throw Damaged($"it calls {parts[0].Text.Replace(' ', '.')} in another way than TorchScript does");
        }
        _stack.Add(new PickleValue(PickleKind.Other, parts[1].Depth));
    }

    /// <summary>("storage", class of the storage, key, device, values)</summary>
    private void Persistent()
    {
        PickleValue id = Pop();
        if (id is not
            {
                Kind: PickleKind.Tuple,
                Items: [{ Text: "storage" }, { Kind: PickleKind.Global } type, { Kind: PickleKind.Text } key, _,
                { Kind: PickleKind.Whole } count]
            }
            || !type.Text.StartsWith("torch ", StringComparison.Ordinal) || !Storages.TryGetValue(type.Text[6..], out int bytes))
            throw Damaged("it names weights in another way than TorchScript does");
        long length = recordLength(key.Text);
        if (count.Number < 0 || count.Number > length / bytes)
            throw Damaged($"it takes {count.Number} values of {bytes} bytes from the weights {key.Text}, which have {length} bytes");
        _stack.Add(new PickleValue(PickleKind.Storage) { Number = count.Number });
    }

    /// <summary>_rebuild_tensor_v2(storage, offset, sizes, strides, ...): the last value must lie inside the storage.</summary>
    private void Tensor(IReadOnlyList<PickleValue> arguments)
    {
        if (arguments is not [{ Kind: PickleKind.Storage } storage, { Kind: PickleKind.Whole } offset, { Kind: PickleKind.Tuple } sizes,
            { Kind: PickleKind.Tuple } strides, ..]
            || sizes.Items.Count != strides.Items.Count || sizes.Items.Concat(strides.Items).Any(item => item.Kind != PickleKind.Whole))
            throw Damaged("it describes a tensor in another way than TorchScript does");
        Int128 last = offset.Number;
        bool empty = false;
        for (int i = 0; i < sizes.Items.Count; i++)
        {
            var (size, stride) = (sizes.Items[i].Number, strides.Items[i].Number);
            if (size < 0 || stride < 0)
                throw Damaged("it describes a tensor of negative size");
            empty |= size == 0;
            last += (Int128)Math.Max(size - 1, 0) * stride;
        }
        if (offset.Number < 0 || (!empty && last >= storage.Number) || last > storage.Number)
            throw Damaged("it describes a tensor that is larger than its weights");
    }

    private BioDLException Damaged(string what) => errors.Invalid($"has a damaged {file}: {what}");
}
