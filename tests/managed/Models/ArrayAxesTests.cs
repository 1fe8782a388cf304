using BioDL.Models.Files;
using BioDL.Tests.Cli;
using BioDL.Tests.TensorFlow;

namespace BioDL.Tests.Models;

/// <summary>
/// Arrays in files have the axes of the description, whatever order the importer gives the network: TensorFlow's networks have channels
/// last, and become ONNX networks with channels first.
/// </summary>
public sealed unsafe class ArrayAxesTests : IDisposable
{
    private const int Height = 6, Width = 10;
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Also with the batch, which is single, left out.</summary>
    [Theory]
    [InlineData("byxc", "byxc")]
    [InlineData("byxc", "yxc")]
    [InlineData("bcyx", "bcyx")]
    [InlineData("bxyc", "bxyc")]
    public void An_array_is_read_and_written_in_the_axes_of_the_description(string described, string axes)
    {
        string model = Model(described), input = _folder.File("raw.npy"), output = _folder.File("made.npy");
        Write(input, axes);
        var (code, _, error) = CliRun.Run("run", "--model", model, "--input", $"raw={input}", "--output", $"made={output}");
        Assert.True(code == 0, error);
        Assert.DoesNotContain("mirrored", error);
        using NpyArray made = Npy.Read(output);
        Assert.Equal(described.Select(Size), made.Shape);
        foreach ((int y, int x) in new[] { (0, 0), (2, 9), (5, 0), (5, 9), (3, 4) })
        {
            // The network adds the left neighbour of the first channel to both.
            float left = x > 0 ? Value(0, y, x - 1) : 0;
            Assert.Equal(Value(0, y, x) + left, At(made, described, 0, y, x));
            Assert.Equal(Value(1, y, x) + left, At(made, described, 1, y, x));
        }
    }

    private static float Value(int c, int y, int x) => 1000 * c + 20 * y + x;

    private static long Size(char axis) => axis switch { 'y' => Height, 'x' => Width, 'c' => 2, _ => 1 };

    private static float At(NpyArray array, string axes, int c, int y, int x)
    {
        using var plane = array.View(axes, "an array").Lock(c);
        return *(float*)plane.Pixel(y, x);
    }

    private static void Write(string path, string axes)
    {
        using NpyArray array = NpyArray.Create("float32", [.. axes.Select(Size)]);
        var view = array.View(axes, path);
        for (int c = 0; c < 2; c++)
        {
            using var plane = view.Lock(c);
            for (int y = 0; y < Height; y++)
                for (int x = 0; x < Width; x++)
                    *(float*)plane.Pixel(y, x) = Value(c, y, x);
        }
        using FileStream file = File.Create(path);
        Npy.Write(file, array);
    }

    private string Model(string axes)
    {
        var weights = new Nd(3, 3, 2, 2);
        (weights[1, 1, 0, 0], weights[1, 1, 1, 1], weights[1, 0, 0, 0], weights[1, 0, 0, 1]) = (1, 1, 1, 1);
        TinyGraph graph = new TinyGraph().Input("raw", -1, -1, -1, 2).Floats("kernel", weights)
            .Node("made", "Conv2D", ["raw", "kernel"], ("strides", new[] { 1, 1, 1, 1 }), ("padding", "SAME"), ("data_format", "NHWC"));
        string shape = $"[{string.Join(", ", axes.Select(axis => axis is 'y' or 'x' ? 2 : Size(axis)))}]";
        string step = $"[{string.Join(", ", axes.Select(axis => axis is 'y' or 'x' ? 1 : 0))}]";
        File.WriteAllBytes(_folder.File("saved_model.pb"), TinySavedModel.Model(graph, "raw", "made"));
        File.WriteAllText(_folder.File("rdf.yaml"), $$"""
            format_version: 0.4.10
            name: neighbours
            inputs: [{name: raw, axes: {{axes}}, shape: {min: {{shape}}, step: {{step}} } }]
            outputs: [{name: made, axes: {{axes}}, shape: {reference_tensor: raw, scale: [1, 1, 1, 1], offset: [0, 0, 0, 0]} }]
            weights: {tensorflow_saved_model_bundle: {source: saved_model.pb} }
            """);
        return _folder.Root;
    }
}
