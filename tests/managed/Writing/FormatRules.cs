using System.Security.Cryptography;
using System.Text.RegularExpressions;
using BioDL.Models.Files;
using BioDL.Models.Readers;
using YamlDotNet.RepresentationModel;

namespace BioDL.Tests.Writing;

/// <summary>
/// What bioimage.io's own reader demands of a model of format 0.5.9 (spec-bioimage-io, model/v0_5.py), as far as a package of ours can
/// offend it: that reader is in Python and not at hand.
/// </summary>
internal sealed partial class FormatRules
{
    private readonly string _folder;
    private readonly YamlNode _root;
    private readonly List<string> _faults = [];
    private readonly Dictionary<(string Tensor, string Axis), (double Min, double Scale)> _sizes = [];

    private FormatRules(string folder)
    {
        _folder = folder;
        _root = Yaml.Parse(File.ReadAllText(Path.Combine(folder, "bioimageio.yaml")), folder);
    }

    /// <returns>what is wrong with a package, one sentence each</returns>
    public static IReadOnlyList<string> Faults(string folder)
    {
        var rules = new FormatRules(folder);
        rules.Check();
        return rules._faults;
    }

    private void Check()
    {
        Require(_root.Get("format_version").Text() == "0.5.9" && _root.Get("type").Text() == "model", "format and type");
        Require(Name().IsMatch(_root.Get("name").Text() ?? ""), $"the name {_root.Get("name")}");
        Require((_root.Get("description").Text() ?? "").Length <= 1024, "the description is too long");
        Require(DateTime.TryParse(_root.Get("timestamp").Text(), out _), "the time stamp is none");
        foreach (YamlNode cite in _root.Get("cite").Items())
            Require(cite.Get("text").Text() is { Length: > 0 } && (cite.Get("doi") ?? cite.Get("url")) is not null, $"{cite} has no place");
        foreach (YamlNode author in _root.Get("authors").Items())
            Require(author.Get("name").Text() is { Length: > 0 } name && !name.Contains('/') && !name.Contains('\\'), $"author {author}");
        YamlNode? onnx = _root.Get("weights", "onnx");
        Require(onnx.Get("opset_version").Whole() >= 7, "the operators' version");
        Hash(onnx);
        foreach (YamlNode file in _root.Get("attachments").Items())
            Hash(file);
        YamlNode[] inputs = [.. _root.Get("inputs").Items()], outputs = [.. _root.Get("outputs").Items()];
        string?[] ids = [.. inputs.Concat(outputs).Select(tensor => tensor.Get("id").Text())];
        Require(inputs.Length > 0 && outputs.Length > 0 && ids.Distinct().Count() == ids.Length, "ids of tensors");
        foreach (YamlNode tensor in inputs.Concat(outputs))
            Tensor(tensor, ids);
    }

    private void Tensor(YamlNode tensor, string?[] ids)
    {
        string id = tensor.Get("id").Text() ?? "";
        Hash(tensor.Get("test_tensor"));
        using NpyArray array = Npy.Read(Path.Combine(_folder, tensor.Get("test_tensor", "source").Text() ?? ""));
        Require((tensor.Get("data", "type").Text() ?? "float32") == array.DataType, $"{id} has another type than its test tensor");
        int rank = 0;
        foreach (YamlNode axis in tensor.Get("axes").Items())
            Axis(id, axis, array.Shape[rank++]);
        Require(rank == array.Shape.Count, $"{id} has {rank} axes, its test tensor {array.Shape.Count}");
        foreach (YamlNode step in tensor.Get("preprocessing").Items().Concat(tensor.Get("postprocessing").Items()))
        {
            YamlNode? options = step.Get("kwargs");
            Require(options.Get("eps") is not { } eps || eps.Number() is > 0 and <= 0.1, $"{step} has an epsilon beyond 0 to 0.1");
            Require(options.Get("reference_tensor") is not { } other || ids.Contains(other.Text()), $"{step} refers to nothing");
        }
    }

    private void Axis(string tensor, YamlNode axis, long tested)
    {
        switch (axis.Get("type").Text())
        {
            case "batch":
                Require(tested == 1, $"{tensor} has a batch of {tested}");
                break;
            case "channel":
                string[] names = [.. axis.Get("channel_names").Items().Select(name => name.Text() ?? "")];
                Require(names.Length == tested && names.All(Identifier().IsMatch), $"the channels of {tensor}: {string.Join(", ", names)}");
                break;
            default:
                Space(tensor, axis, tested);
                break;
        }
    }

    /// <summary>Sizes follow inputs; halos are whole pixels of them, and the smallest size leaves a value between two.</summary>
    private void Space(string tensor, YamlNode axis, long tested)
    {
        string id = axis.Get("id").Text() ?? "";
        YamlNode? size = axis.Get("size");
        double scale = axis.Get("scale").Number() ?? 1;
        if (size.Get("tensor_id").Text() is not { } other)
        {
            double min = size.Get("min").Number() ?? size.Number() ?? 0, step = size.Get("step").Number() ?? 0;
            Require(step == 0 ? tested == min : tested >= min && (tested - min) % step == 0, $"{tensor} {id} is tested with {tested}");
            _sizes[(tensor, id)] = (min, scale);
            return;
        }
        (double least, double given) = _sizes[(other, size.Get("axis_id").Text()!)];
        int own = (int)(least * given / scale + (size.Get("offset").Whole() ?? 0)), halo = axis.Get("halo").Whole() ?? 0;
        Require(own - 2 * halo >= 1, $"{tensor} {id} of {own} is too small for a halo of {halo}");
        Require(halo * scale / given % 1 == 0, $"{tensor} {id} has a halo of {halo * scale / given} pixels");
    }

    private void Hash(YamlNode? file)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(_folder, file.Get("source").Text() ?? ""));
        Require(Convert.ToHexStringLower(SHA256.HashData(bytes)) == file.Get("sha256").Text(), $"{file} has another hash");
    }

    private void Require(bool holds, string fault)
    {
        if (!holds)
            _faults.Add(fault);
    }

    [GeneratedRegex("^[A-Za-z0-9_+() -]{5,128}$")]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Identifier();
}
