using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using BioDL.Training.Optimization;
using static TorchSharp.torch;

namespace BioDL.Training.Checkpoints;

/// <summary>
/// Named float32 tensors and a text in a file of the format safetensors (huggingface.co/docs/safetensors): the length of a header, the
/// header as JSON, the values. Written beside and renamed, so that a file of that name is always whole.
/// </summary>
internal static class TensorFile
{
    private const string MetadataName = "__metadata__", TextName = "state";
    private const int MostHeader = 16 << 20;

    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public static void Write(string path, string text, IReadOnlyDictionary<string, Tensor> tensors)
    {
        byte[] header = Header(text, tensors);
        string beside = path + ".part";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            file.Write(length);
            file.Write(header);
            foreach (Tensor tensor in tensors.Values)
                file.Write(MemoryMarshal.AsBytes(TensorValues.Of(tensor)));
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    /// <returns>the text, and values by name</returns>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static (string Text, Dictionary<string, float[]> Values) Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        using JsonDocument header = ReadHeader(file, path);
        string text = header.RootElement.GetProperty(MetadataName).GetProperty(TextName).GetString()!;
        var values = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (JsonProperty entry in header.RootElement.EnumerateObject().Where(entry => entry.Name != MetadataName))
        {
            // They lie in the order of the header, without gaps: it was written here.
            JsonElement offsets = entry.Value.GetProperty("data_offsets");
            float[] own = new float[(offsets[1].GetInt64() - offsets[0].GetInt64()) / sizeof(float)];
            file.ReadExactly(MemoryMarshal.AsBytes(own.AsSpan()));
            values.Add(entry.Name, own);
        }
        return (text, values);
    }

    /// <summary>Take the values of a file into tensors that exist.</summary>
    /// <returns>the text</returns>
    /// <exception cref="InvalidDataException">It is no such file, or does not have all of them in their sizes.</exception>
    public static string Restore(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        var (text, values) = Read(path);
        foreach ((string name, Tensor tensor) in tensors)
        {
            if (!values.TryGetValue(name, out float[]? own) || own.Length != tensor.numel())
                throw new InvalidDataException($"{path} has no {name} of ({string.Join(", ", tensor.shape)}).");
            own.CopyTo(TensorValues.Of(tensor));
        }
        return text;
    }

    private static byte[] Header(string text, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataName);
            json.WriteString(TextName, text);
            json.WriteEndObject();
            long offset = 0;
            foreach ((string name, Tensor tensor) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                WriteNumbers(json, "shape", tensor.shape);
                WriteNumbers(json, "data_offsets", [offset, offset += tensor.numel() * sizeof(float)]);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static JsonDocument ReadHeader(FileStream file, string path)
    {
        try
        {
            Span<byte> length = stackalloc byte[8];
            file.ReadExactly(length);
            long size = BinaryPrimitives.ReadInt64LittleEndian(length);
            if (size is <= 0 or > MostHeader)
                throw new InvalidDataException($"{path} is no file of tensors.");
            byte[] header = new byte[size];
            file.ReadExactly(header);
            return JsonDocument.Parse(header);
        }
        catch (Exception error) when (error is JsonException or EndOfStreamException)
        {
            throw new InvalidDataException($"{path} is no file of tensors.", error);
        }
    }
}
