using System.Diagnostics;
using BioDL.Core.Images;
using BioDL.Core.Normalization;
using BioDL.Core.Road.Accounting;
using BioDL.Core.Road.Planning;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Core.Steps;

namespace BioDL.Core.Road.Statistics;

/// <summary>
/// The numbers that preprocessing takes from the images: over whole planes, stacks or series, before anything is cut into tiles, each once.
/// </summary>
internal sealed unsafe class InputStatistics
{
    private readonly RunJob _job;
    private readonly RunState _run;
    private readonly StatisticList _list;
    private readonly PixelOperation[][] _operations;
    private readonly Dictionary<Key, (double, double)> _known = [];

    public InputStatistics(RunJob job, RunState run, StatisticList list)
    {
        (_job, _run, _list) = (job, run, list);
        RunOptions options = job.Options;
        _operations = [.. job.Match.Inputs.Select(input => options.Normalize ? input.Tensor.Preprocessing.Select(Chosen).ToArray() : [])];
        PixelOperation Chosen(PixelOperation operation) =>
            (operation as StatisticOperation)?.WithPercentiles(options.PercentileLow, options.PercentileHigh) ?? operation;
    }

    /// <summary>The whole preprocessing of an input over one plane.</summary>
    /// <param name="input">its number</param>
    /// <param name="plane">frame, slice (also where the network sees stacks) and channel group</param>
    public StepChain Chain(int input, Sample plane) => Chain(input, _operations[input].Length, plane);

    private StepChain Chain(int input, int steps, Sample plane)
    {
        InputMatch match = _job.Match.Inputs[input];
        var compiled = Enumerable.Range(0, steps)
            .SelectMany(k => _operations[input][k].Compile(match.Tensor.Channels, At(input, k, plane)));
        return new StepChain([.. compiled]);
    }

    /// <summary>The statistics for an operation of an input, or of an output that refers to inputs.</summary>
    /// <param name="input">whose operation it is; -1: an output's</param>
    /// <param name="step">the operation's place in its chain</param>
    /// <param name="plane">where it is applied</param>
    public IStatisticSource At(int input, int step, Sample plane) => new Source(this, input, step, plane);

    /// <summary>One statistic, over what its operation says.</summary>
    /// <param name="operation">whose it is</param>
    /// <param name="statistic">what is taken</param>
    /// <param name="from">the input, and how many of its steps come before</param>
    /// <param name="channel">of the tensor</param>
    /// <param name="plane">where it is applied</param>
    private (double, double) Value(StatisticOperation operation, Statistic statistic, (int Input, int Steps) from,
        int channel, Sample plane)
    {
        StatisticAxes over = statistic.Over;
        InputMatch match = _job.Match.Inputs[from.Input];
        int[] channels = match.Channels(plane.Group);
        bool joint = over.HasFlag(StatisticAxes.Channel) || channels.Length == 1;
        if (!joint && channel >= channels.Length)
        {
            throw new BioDLException(Status.ModelInvalid,
                $"the operation {operation.Id} refers to channel {channel + 1} of {match.Tensor.Name}, which has {channels.Length}",
                "Check the model's description.");
        }
        bool allFrames = over.HasFlag(StatisticAxes.Samples);
        bool allSlices = over.HasFlag(_job.Match.Volumes ? StatisticAxes.Slices : StatisticAxes.Samples);
        var key = new Key(from.Input, from.Steps, operation.Id, statistic, allFrames ? -1 : plane.Frame, allSlices ? -1 : plane.Slice,
            channels.Length == 1 ? channels[0] : joint ? -1 : channels[channel]);
        if (_known.TryGetValue(key, out (double, double) known))
            return known;
        if (operation is { Percentiles: not null, Reference: null } && from.Input == 0 && _job.Options.PercentileValues is { } values)
            return Given(key, match, values[values.Count == 1 ? 0 : channel]);
        _run.Report(Stage.Statistics);
        long start = Stopwatch.GetTimestamp();
        int[] wanted = joint ? [.. Enumerable.Range(0, channels.Length)] : [channel];
        Sample[] planes = [.. Planes(plane, allFrames, allSlices)];
        bool raw = _operations[from.Input].Take(from.Steps).All(step => step.IsNothing);
        var taken = new Taking(this, from, wanted, planes, raw).Take(statistic.Percentiles);
        _run.Times.Statistics += Call.Since(start);
        Account(key, match, taken);
        return _known[key] = (taken.First, taken.Second);
    }

    /// <summary>A range that the host took itself, from the whole that this image is a block of.</summary>
    private (double, double) Given(Key key, InputMatch match, ValueRange value)
    {
        Account(key, match, (value.Low, value.High, 0));
        return _known[key] = (value.Low, value.High);
    }

    private IEnumerable<Sample> Planes(Sample plane, bool allFrames, bool allSlices)
    {
        ImageView shape = _job.Match.Shape;
        for (int frame = allFrames ? 0 : plane.Frame; frame < (allFrames ? shape.Frames : plane.Frame + 1); frame++)
            for (int slice = allSlices ? 0 : plane.Slice; slice < (allSlices ? shape.Slices : plane.Slice + 1); slice++)
                yield return new Sample(frame, slice, plane.Group);
    }

    private void Account(Key key, InputMatch match, (double First, double Second, long NotFinite) taken)
    {
        bool range = key.Statistic.Percentiles is not null;
        _list.Add(new StatisticEntry(match.Tensor.Name, key.Operation, key.Frame, key.Slice, key.Channel, range,
            taken.First, taken.Second));
        string frame = key.Frame < 0 ? "All frames" : $"Frame {key.Frame + 1}", slice = key.Slice < 0 ? "all slices"
            : $"slice {key.Slice + 1}";
        string where = $"{frame}, {slice}, {(key.Channel < 0 ? "all channels" : $"channel {key.Channel + 1}")}";
        bool contrast = range ? taken.First < taken.Second : taken.Second > 0;
        if (taken.NotFinite > 0 && contrast)
            _run.Call.Warn($"{where}: {taken.NotFinite} values are NaN or infinite; they count as 0 after normalisation.");
        if (!contrast)
        {
            _run.Call.Warn($"{where} of {match.Tensor.Name}: {(range ? "both percentiles are equal" : "the standard deviation is 0")} "
                + "(constant pixels, or none that is finite), so it is 0 after normalisation.");
        }
    }

    private readonly record struct Key(int Input, int Steps, string Operation, Statistic Statistic, int Frame, int Slice, int Channel);

    private sealed class Source(InputStatistics all, int input, int step, Sample plane) : IStatisticSource
    {
        public (double First, double Second) Take(StatisticOperation operation, Statistic statistic, int channel) =>
            all.Value(operation, statistic, statistic.Reference is { } id ? (Reference(id), 0) : (input, step), channel, plane);

        /// <summary>The job was checked: there is one.</summary>
        private int Reference(string id) =>
            Array.FindIndex(all._job.Match.Inputs, match => match.Tensor.Id == id || match.Tensor.Name == id);
    }

    /// <summary>One statistic being taken.</summary>
    private sealed class Taking(InputStatistics all, (int Input, int Steps) from, int[] wanted, Sample[] planes, bool raw)
    {
        private readonly InputMatch _match = all._job.Match.Inputs[from.Input];
        private readonly Func<bool>? _cancelled = all._run.Cancelled(Stage.Statistics);

        public (double First, double Second, long NotFinite) Take(PercentilePair? percentiles)
        {
            if (percentiles is { } pair)
            {
                CountBytes(passes: raw && _match.View.Type != PixelType.Float32 ? 1 : 2);
                return raw ? Percentiles.Of(_match.View, Parts(), pair, _cancelled) : Percentiles.OfFloats(Count, pair);
            }
            CountBytes(passes: 1);
            var moments = new Moments();
            if (raw && _match.View.Type != PixelType.Float32)
                AddCounts(moments);
            else
                Stream((values, count) => moments.Add(new ReadOnlySpan<float>(values, count)));
            return (moments.Mean, moments.Deviation, moments.NotFinite);
        }

        /// <summary>The counted number of a grey pixel is three times its value.</summary>
        private void AddCounts(Moments moments)
        {
            PlanePart[] parts = Parts();
            double unit = parts[0].Part == PixelPart.Grey ? 3 : 1;
            ValueTransform values = _match.View.Values;
            moments.AddCounts(PlaneHistogram.Count(_match.View, parts, null, _cancelled), values.Scale / unit, values.Offset);
        }

        private PlanePart[] Parts()
        {
            var parts = from plane in planes
                        from c in wanted
                        let source = _match.Source(_match.Channels(plane.Group)[c])
                        select new PlanePart(_match.View.PlaneNumber(plane.Frame, plane.Slice, source.Channel), source.Part);
            return [.. parts];
        }

        private long[] Count(PixelCounter? counter)
        {
            using var counts = new FloatCounts(counter);
            Stream(counts.Add);
            return counts.Result();
        }

        private void Stream(ValueConsumer consume)
        {
            foreach (Sample plane in planes)
                ValueStream.Run(_match, plane, wanted, all.Chain(from.Input, from.Steps, plane), consume, _cancelled);
        }

        private void CountBytes(int passes) =>
            all._run.BytesRead += passes * planes.LongLength * wanted.Length * _match.View.PixelsPerPlane * _match.View.Type.Size();
    }
}
