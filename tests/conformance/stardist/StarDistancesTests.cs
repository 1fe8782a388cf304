using BioDL.Training.Targets;

namespace BioDL.Conformance.StarDist;

/// <summary>Distances to train on against those of StarDist's own C++.</summary>
public sealed class StarDistancesTests
{
    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Distances_are_the_official_ones(int grid)
    {
        var file = new NpzFile(SharedData.File("conformance", "stardist", "star-dist.npz"));
        (ushort[] labels, int[] size) = file.Read<ushort>("labels");
        (float[] official, int[] shape) = file.Read<float>($"dist_grid{grid}");
        int pixels = shape[0] * shape[1], rays = shape[2];
        float[] found = new float[official.Length];
        new StarDistances(rays).Of(Array.ConvertAll(labels, label => (int)label), size[0], size[1], (grid, grid), found);
        for (int i = 0; i < official.Length; i++)
            Assert.Equal(official[i], found[i % rays * pixels + i / rays], 1e-4);
    }
}
