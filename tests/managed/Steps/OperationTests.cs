using System.Text;
using System.Text.Json;
using BioDL.Core.Steps;

namespace BioDL.Tests.Steps;

public class OperationTests
{
    private static readonly PixelOperation[] All =
    [
        new EnsureDtype("uint8"), new ScaleLinear([2], [3]), new Clip(-1, 2.5), new ClipRange(3, 97, StatisticAxes.Plane),
        new Binarize([0.5]), new Sigmoid(), new Softmax(),
        new ZeroMeanUnitVariance(StatisticAxes.Channel, 1e-6), new FixedZeroMeanUnitVariance([4], [5], 0),
        new ScaleRange(6, 94, StatisticAxes.Samples, 1e-3, "raw"),
        new ScaleMeanVariance(StatisticAxes.Slices, 1e-6, "raw"),
    ];

    [Fact]
    public void Every_kind_of_step_is_here() => Assert.Equal(
        typeof(PixelOperation).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PixelOperation)) && !type.IsAbstract)
            .Select(type => type.Name).Order(),
        All.Select(step => step.GetType().Name).Order());

    [Fact]
    public void A_step_prints_compiles_and_serialises_itself()
    {
        foreach (PixelOperation step in All)
        {
            Assert.StartsWith(step.Id, step.Describe());
            Assert.NotEmpty(step.Compile(2, new Given()));
            Assert.Null(step.Misfit(1));
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                step.Write(json);
                json.WriteEndObject();
            }
            string text = Encoding.UTF8.GetString(stream.ToArray());
            using JsonDocument read = JsonDocument.Parse(text);
            // A step with parameters says them in both forms.
            Assert.True(step is Sigmoid or Softmax || (read.RootElement.EnumerateObject().Any() && step.Describe().Length > step.Id.Length),
                text);
        }
    }

    [Fact]
    public void A_list_that_is_neither_for_all_channels_nor_for_each_does_not_fit() =>
        Assert.Equal([1, 2], new ScaleLinear([5], [1, 2]).Misfit(3));

    [Fact]
    public void Only_percentiles_that_scale_are_the_callers()
    {
        StatisticOperation[] steps = [.. All.OfType<StatisticOperation>()];
        Assert.Equal(new ScaleRange(1, 94, StatisticAxes.Samples, 1e-3, "raw"),
            steps.Single(step => step is ScaleRange).WithPercentiles(1, null));
        Assert.All(steps.Where(step => step is not ScaleRange),
            step => Assert.True(step.Percentiles is null && ReferenceEquals(step, step.WithPercentiles(1, 2))));
    }

    private sealed class Given : IStatisticSource
    {
        public (double First, double Second) Take(StatisticOperation operation, Statistic statistic, int channel) => (1, 2);
    }
}
