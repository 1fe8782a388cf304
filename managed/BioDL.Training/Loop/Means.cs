namespace BioDL.Training.Loop;

/// <summary>Means of numbers by name.</summary>
internal sealed class Means
{
    private readonly Dictionary<string, (double Sum, double Weight)> _sums = new(StringComparer.Ordinal);

    public void Add(IEnumerable<(string Name, double Value)> values, double weight = 1)
    {
        foreach ((string name, double value) in values)
        {
            (double sum, double weights) = _sums.GetValueOrDefault(name);
            _sums[name] = (sum + value * weight, weights + weight);
        }
    }

    /// <summary>Those that are finite, and begin anew.</summary>
    public Dictionary<string, double> Take()
    {
        Dictionary<string, double> means = _sums.Select(pair => (pair.Key, Mean: pair.Value.Sum / pair.Value.Weight))
            .Where(pair => double.IsFinite(pair.Mean)).ToDictionary(StringComparer.Ordinal);
        _sums.Clear();
        return means;
    }
}
