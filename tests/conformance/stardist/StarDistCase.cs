using BioDL.Core.Objects.StarConvex;

namespace BioDL.Conformance.StarDist;

/// <summary>One case of official answers: candidates by falling probability, who survives at three thresholds, and a label image.</summary>
internal sealed class StarDistCase
{
    private StarDistCase(string path)
    {
        var file = new NpzFile(path);
        (float[] points, _) = file.Read<float>("points");
        (float[] distances, int[] shape) = file.Read<float>("dist");
        (float[] probabilities, _) = file.Read<float>("prob");
        (byte[] survives, _) = file.Read<byte>("survives");
        (Thresholds, _) = file.Read<float>("nms_thresholds");
        (Labels, LabelShape) = file.Read<ushort>("labels_at_04");
        int rays = shape[1];
        Candidates = new CandidateList(rays);
        for (int i = 0; i < shape[0]; i++)
            Candidates.Add(points[2 * i], points[2 * i + 1], probabilities[i], distances.AsSpan(i * rays, rays));
        Survivors = new int[Thresholds.Length][];
        for (int t = 0; t < Thresholds.Length; t++)
            Survivors[t] = [.. Enumerable.Range(0, shape[0]).Where(i => survives[t * shape[0] + i] != 0)];
    }

    public CandidateList Candidates { get; }

    public float[] Thresholds { get; }

    /// <summary>For each threshold the indices of the survivors.</summary>
    public int[][] Survivors { get; }

    /// <summary>Painted from the survivors at 0.4.</summary>
    public ushort[] Labels { get; }

    /// <summary>Height, width.</summary>
    public int[] LabelShape { get; }

    public static StarDistCase Open(string name) => new(SharedData.File("conformance", "stardist", name + ".npz"));

    /// <summary>The order of the reference, which leaves ties as its sort did.</summary>
    public int[] Order => [.. Enumerable.Range(0, Candidates.Count)];
}
