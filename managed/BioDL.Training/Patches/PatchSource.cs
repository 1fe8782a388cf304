using BioDL.Core.Training;

namespace BioDL.Training.Patches;

/// <summary>Patches from all samples of a training, cut where they lie: no image is ever loaded as a whole.</summary>
internal sealed class PatchSource : IDisposable
{
    private readonly PatchOptions _options;
    private readonly Source[] _training, _validation;
    private readonly double[] _weights;

    /// <param name="folder">of the training</param>
    /// <param name="job">its samples, patches and seed</param>
    /// <exception cref="InvalidDataException">A file does not fit its description, or there is nothing to train on.</exception>
    public PatchSource(string folder, TrainingJob job)
    {
        _options = job.Patches;
        Source Open(TrainingSample sample, int number) => new(folder, sample, job, number);
        _training = [.. job.Samples.Where(sample => !sample.IsValidation).Select(Open)];
        _validation = [.. job.Samples.Where(sample => sample.IsValidation).Select(Open)];
        if (_training.Length == 0)
            throw new InvalidDataException("There is no image to train on: all are kept for validation.");
        double sum = 0;
        _weights = [.. _training.Select(source => sum += source.Sample.Weight)];
    }

    /// <summary>Draw patches of the size in the options.</summary>
    /// <param name="count">how many</param>
    /// <param name="random">of the step</param>
    /// <param name="margin">pixels more on each side, per axis, for augmentations that need them; null: none</param>
    public IReadOnlyList<Patch> Draw(int count, PatchRandom random, int[]? margin = null)
    {
        var patches = new Patch[count];
        for (int i = 0; i < count; i++)
        {
            int at = Array.BinarySearch(_weights, random.Uniform() * _weights[^1]);
            Source source = _training[Math.Min(at < 0 ? ~at : at + 1, _training.Length - 1)];
            int[] corner = source.Corner(_options, random);
            int[] size = [.. _options.Size];
            for (int axis = 0; margin is not null && axis < size.Length; axis++)
            {
                corner[axis] -= margin[axis];
                size[axis] += 2 * margin[axis];
            }
            patches[i] = source.Cut(corner, size);
        }
        return patches;
    }

    /// <summary>
    /// Patches of the validation samples, always the same: side by side over each sample, and where that would be too many, evenly chosen.
    /// </summary>
    /// <param name="most">of them</param>
    public IReadOnlyList<Patch> Validation(int most)
    {
        List<(Source Source, int[] Corner)> all = [.. _validation.SelectMany(source => source.Grid(_options.Size)
            .Select(corner => (source, corner)))];
        int count = Math.Min(all.Count, most);
        return [.. Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Count / count)])
            .Select(one => one.Source.Cut(one.Corner, [.. _options.Size]))];
    }

    public void Dispose()
    {
        foreach (Source source in _training.Concat(_validation))
            source.Dispose();
    }

    /// <summary>One sample, opened.</summary>
    private sealed class Source(string folder, TrainingSample sample, TrainingJob job, int number) : IDisposable
    {
        private readonly SampleArray _input = new(folder, sample.Input);
        private readonly SampleArray? _target = sample.Target is { } target ? new(folder, target) : null;
        private readonly SampleArray? _labels = sample.Labels is { } labels ? new(folder, labels) : null;
        private long[]? _foreground;

        public TrainingSample Sample => sample;

        public Patch Cut(int[] corner, int[] size) => new()
        {
            Sample = sample, Size = size, Channels = _input.Channels, Input = _input.Cut(corner, size),
            TargetChannels = _target?.Channels ?? 0, Target = _target?.Cut(corner, size), Labels = _labels?.CutWhole(corner, size),
        };

        /// <summary>Of a patch that lies within the image, or around it where the image is smaller.</summary>
        public int[] Corner(PatchOptions options, PatchRandom random)
        {
            int[] whole = _input.Size;
            bool isImage = _labels is null && job.Method != TrainingMethod.Semantic;
            _foreground ??= Foreground.Find(_labels ?? _target ?? _input, isImage, new PatchRandom(job.Seed, -1 - number));
            int[]? around = random.Uniform() < options.Foreground && _foreground.Length > 0
                ? Place(_foreground[random.Below(_foreground.Length)], whole) : null;
            int[] corner = new int[whole.Length];
            for (int axis = 0; axis < whole.Length; axis++)
            {
                int size = options.Size[axis], last = whole[axis] - size;
                // Around a pixel: it may lie anywhere in the patch, so that objects are seen at every place.
                int wanted = around is null ? random.Below(Math.Max(last, 0) + 1) : around[axis] - random.Below(size);
                corner[axis] = last < 0 ? last / 2 : Math.Clamp(wanted, 0, last);
            }
            return corner;
        }

        /// <summary>Corners side by side; the last ones end with the image.</summary>
        public IEnumerable<int[]> Grid(IReadOnlyList<int> size)
        {
            IEnumerable<int[]> corners = [[]];
            int[] whole = _input.Size;
            for (int axis = 0; axis < whole.Length; axis++)
            {
                int length = size[axis], last = whole[axis] - length, count = Math.Max(1, (whole[axis] + length - 1) / length);
                int[] along = [.. Enumerable.Range(0, count).Select(i => last < 0 ? last / 2 : Math.Min(i * length, last))];
                corners = [.. corners.SelectMany(corner => along.Select(at => (int[])[.. corner, at]))];
            }
            return corners;
        }

        public void Dispose()
        {
            _input.Dispose();
            _target?.Dispose();
            _labels?.Dispose();
        }

        private static int[] Place(long pixel, int[] whole)
        {
            int[] place = new int[whole.Length];
            for (int axis = whole.Length - 1; axis >= 0; axis--)
            {
                place[axis] = (int)(pixel % whole[axis]);
                pixel /= whole[axis];
            }
            return place;
        }
    }
}
