using System.Runtime.InteropServices;
using System.Text.Json;
using BioDL.Core.Training;
using BioDL.Models.Cache;

namespace BioDL.Models.Training;

/// <summary>The validation picture in a training's folder.</summary>
internal static class TrainingPictures
{
    /// <returns>null: there is none yet</returns>
    public static TrainingPicture? Read(TrainingStore store)
    {
        try
        {
            string header = store.PathOf(TrainingFiles.PictureHeader), values = store.PathOf(TrainingFiles.Picture);
            if (!File.Exists(header) || !File.Exists(values))
                return null;
            TrainingPictureHeader about = JsonSerializer.Deserialize(File.ReadAllBytes(header),
                TrainingProgressJson.Default.TrainingPictureHeader)!;
            float[] all = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(values)).ToArray();
            int each = about.Height * about.Width;
            if (all.Length < each * about.Planes.Count)
                return null;
            return new TrainingPicture(about.Step, about.Height, about.Width,
                [.. about.Planes.Select((name, i) => (name, all[(i * each)..((i + 1) * each)]))]);
        }
        catch (Exception error) when (Disk.IsDisk(error) || error is JsonException)
        {
            return null;
        }
    }
}
