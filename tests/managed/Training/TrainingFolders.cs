using System.Runtime.InteropServices;
using System.Text.Json;
using BioDL.Core.Training;

namespace BioDL.Tests.Training;

/// <summary>A training's folder as a host lays it down: spots with noise to be restored.</summary>
internal sealed class TrainingFolders : IDisposable
{
    public const int Side = 48;

    private readonly string _root = Directory.CreateTempSubdirectory("biodl-training").FullName;

    /// <summary>Of this one's folders.</summary>
    public string Root => _root;

    /// <summary>A small network and a few steps, for tests to change.</summary>
    public static TrainingJob Job { get; } = new()
    {
        Method = TrainingMethod.Restoration,
        Network = new UNet { Depth = 1, Filters = 8, Activation = Activation.LeakyRelu, Residual = true },
        Samples = [],
        Patches = new PatchOptions([16, 16], 4),
        Schedule = new ScheduleOptions { Steps = 24, ValidateEvery = 6, WarmUp = 2, Average = 0.9 },
        Threads = 1,
    };

    /// <param name="job">its samples are made here</param>
    /// <param name="change">what becomes of the input of an image, by its number</param>
    /// <param name="images">the last one is for validation</param>
    /// <returns>the folder</returns>
    public string Lay(TrainingJob job, Action<float[], int>? change = null, int images = 4)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_root, Guid.NewGuid().ToString("N"))).FullName;
        var random = new Random(5);
        TrainingSample[] samples = [.. Enumerable.Range(0, images).Select(i =>
        {
            float[] target = Spots(random), input = [.. target.Select(value => value + 0.3f * (random.NextSingle() - 0.5f))];
            change?.Invoke(input, i);
            return new TrainingSample
            {
                Name = $"image {i}", IsValidation = i == images - 1,
                Input = Write(folder, $"{i:0000}.input", input), Target = Write(folder, $"{i:0000}.target", target),
            };
        })];
        File.WriteAllText(Path.Combine(folder, TrainingJob.FileName),
            JsonSerializer.Serialize(job with { Samples = samples }, TrainingJobJson.Default.TrainingJob));
        return folder;
    }

    public static TrainingArray Write(string folder, string file, float[] values)
    {
        File.WriteAllBytes(Path.Combine(folder, file), MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        return new TrainingArray(file, "float32", [1, Side, values.Length / Side]);
    }

    /// <summary>The lines of a curve without what the clock and the machine say.</summary>
    public static IReadOnlyList<string> Curve(string folder) => [.. File.ReadAllLines(Path.Combine(folder, TrainingFiles.Curve))
        .Select(line => JsonSerializer.Deserialize(line, TrainingProgressJson.Default.TrainingProgress)!)
        .Select(line => $"{line.Step}: {line.Loss:R} {line.ValidationLoss:R} {line.Rate:R} "
            + string.Join(" ", line.Figures.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value:R}")))];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static float[] Spots(Random random)
    {
        float[] image = new float[Side * Side];
        for (int spot = 0; spot < 12; spot++)
        {
            double y = random.NextDouble() * Side, x = random.NextDouble() * Side, radius = 1.5 + 2 * random.NextDouble();
            for (int i = 0; i < image.Length; i++)
            {
                double dy = i / Side - y, dx = i % Side - x;
                image[i] += (float)Math.Exp(-(dy * dy + dx * dx) / (2 * radius * radius));
            }
        }
        return image;
    }
}
