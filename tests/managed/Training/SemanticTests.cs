using BioDL.Core.Training;
using BioDL.Training.Methods;
using BioDL.Training.Patches;
using static TorchSharp.torch;

namespace BioDL.Tests.Training;

/// <summary>Classes of pixels are learned, also from a picture that is annotated in part.</summary>
public sealed class SemanticTests
{
    private const int Size = 32;

    /// <param name="known">share of pixels that are annotated</param>
    [SkippableTheory]
    [InlineData(1)]
    [InlineData(0.1)]
    public void Three_textures_are_told_apart(double known)
    {
        Libtorch.Require();
        using var training = new ToyTraining(ToyTraining.Job(TrainingMethod.Semantic, new UNetHead("classes", 3, Activation.Softmax)),
            random => Textures(random, known));
        Dictionary<string, double> before = training.Check();
        training.Learn(150);
        Dictionary<string, double> after = training.Check();
        Assert.True(after["iou"] > 0.8 && after["accuracy"] > 0.9, $"iou {after["iou"]}, accuracy {after["accuracy"]}");
        Assert.All((string[])["loss", "entropy", "dice"], name => Assert.True(after[name] < before[name] / 2, name));
    }

    [SkippableFact]
    public void Figures_count_known_pixels_and_classes_that_are_there()
    {
        Libtorch.Require();
        using var scope = NewDisposeScope();
        Method method = MethodTable.Make(ToyTraining.Job(TrainingMethod.Semantic, new UNetHead("classes", 3, Activation.Softmax)));
        // Four pixels count: classes 0 0 1 1, found 0 1 1 1. The others are not known: NaN and -1.
        float[] classes = [0, 0, 1, 1, .. Enumerable.Repeat(float.NaN, 500), .. Enumerable.Repeat(-1f, 520)];
        using Batch batch = method.Make([ToyTraining.Patch(new float[1024], classes)], new PatchRandom(1, 0), false);
        Assert.Equal([1, 1, 32, 32], batch.Targets[0].shape);
        Tensor scores = zeros(1, 3, 32, 32);
        scores[0, 2] = 1;
        scores[0, 0, 0, 0] = scores[0, 1, 0, 1] = scores[0, 1, 0, 2] = scores[0, 1, 0, 3] = 9;
        Assert.Equal([("accuracy", 0.75), ("iou", 2.0 / 3)], method.Validate([scores], batch));
    }

    [SkippableFact]
    public void A_class_that_the_network_lacks_is_named()
    {
        Libtorch.Require();
        Method method = MethodTable.Make(ToyTraining.Job(TrainingMethod.Semantic, new UNetHead("classes", 3, Activation.Softmax)));
        Patch patch = ToyTraining.Patch(new float[1024], [3, .. new float[1023]]);
        Assert.Contains("toy has the class 3, and the network has 3 classes",
            Assert.Throws<InvalidDataException>(() => method.Make([patch], new PatchRandom(1, 0), true)).Message);
    }

    /// <summary>Stripes of three heights and directions under noise.</summary>
    private static Patch Textures(PatchRandom random, double known)
    {
        float[] input = new float[Size * Size], classes = new float[Size * Size];
        double turn = random.Uniform(0, Math.PI), edge = random.Uniform(-6, 6);
        for (int at = 0; at < input.Length; at++)
        {
            int y = at / Size - Size / 2, x = at % Size - Size / 2;
            double along = y * Math.Cos(turn) + x * Math.Sin(turn) + edge;
            int number = along < -5 ? 0 : along < 5 ? 1 : 2;
            double stripes = number == 1 ? Math.Sin(2.1 * x) : number == 2 ? Math.Sin(2.1 * y) : 0;
            input[at] = (float)(0.7 * stripes + 0.1 * random.Normal());
            classes[at] = random.Uniform() < known ? number : -1;
        }
        return ToyTraining.Patch(input, classes);
    }
}
