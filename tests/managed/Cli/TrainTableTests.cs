using BioDL.Cli.Training;
using BioDL.Core;
using BioDL.Core.Training;
using BioDL.Models.Training;
using BioDL.Models.Training.Runs;

namespace BioDL.Tests.Cli;

/// <summary>What a table says of images that are trained on.</summary>
public sealed class TrainTableTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("table.tsv", 2.5)]
    [InlineData("table.tsv:often", 7)]
    public void Images_are_drawn_as_often_as_the_column_says_and_once_where_it_says_nothing(string column, double expected)
    {
        Table("image\toften\tweight\na\t7\t2.5\nelsewhere\t3\t4\n");
        using TrainFiles files = Files(column);
        Assert.Equal([expected, 1], files.Images.Select(image => image.Weight));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("often")]
    [InlineData("NaN")]
    public void A_weight_that_is_no_number_above_0_is_named(string weight)
    {
        Table($"image,weight\na,{weight}\n");
        BioDLException error = Assert.Throws<BioDLException>(() => Files("table.tsv"));
        Assert.Equal(Status.InvalidArgument, error.Status);
        Assert.Contains($"the weight of a is \"{weight}\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rate_that_is_asked_for_is_the_schedules()
    {
        Table("image,weight\n");
        using TrainFiles files = Files("table.tsv");
        var request = new TrainingRequest { Method = TrainingMethod.Noise2Void, Images = files.Images };
        Assert.Equal(2e-3, TrainingRun.Plan(request with { Rate = 2e-3 }).Schedule.Rate);
        Assert.InRange(TrainingRun.Plan(request).Schedule.Rate, 1e-5, 1e-2);
        Assert.Throws<BioDLException>(() => TrainingRun.Plan(request with { Rate = double.NaN }));
    }

    private void Table(string text) => File.WriteAllText(_folder.File("table.tsv"), text);

    /// <summary>Of the images a and b.</summary>
    private TrainFiles Files(string column)
    {
        string[] paths = [_folder.File("a.tif"), _folder.File("b.tif")];
        foreach (string path in paths)
            TiffMaker.Write(path, TiffMaker.Grey(64, 64), [new byte[64 * 64]]);
        var names = new TrainFileNames { Images = paths, Weights = NameTable.Read(_folder.File(column), "weight") };
        return new TrainFiles(names, TrainingMethod.Noise2Void);
    }
}
