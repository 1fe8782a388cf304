using System.Text.Json;
using BioDL.Core.Training;
using BioDL.Models.Cache;

namespace BioDL.Models.Training;

/// <summary>The curve in a training's folder, read as far as it is written.</summary>
internal static class TrainingCurve
{
    /// <param name="path">of the file; there may be none yet</param>
    /// <param name="first">leaves out so many lines</param>
    public static IReadOnlyList<TrainingProgress> Read(string path, int first)
    {
        try
        {
            if (!File.Exists(path))
                return [];
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            // What follows the last line end is being written.
            string[] lines = reader.ReadToEnd().Split('\n')[..^1];
            return [.. lines.Skip(first).Select(Parse).OfType<TrainingProgress>()];
        }
        catch (Exception error) when (Disk.IsDisk(error))
        {
            return [];
        }
    }

    private static TrainingProgress? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, TrainingProgressJson.Default.TrainingProgress);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
