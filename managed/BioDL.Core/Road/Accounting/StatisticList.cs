using System.Text.Json;

namespace BioDL.Core.Road.Accounting;

/// <summary>Numbers that were taken from an image, for the provenance; -1: over all frames, slices or channels together.</summary>
/// <param name="Tensor">the input or output</param>
/// <param name="Operation">its id</param>
/// <param name="Frame">0-based</param>
/// <param name="Slice">0-based</param>
/// <param name="Channel">of the image, 0-based</param>
/// <param name="IsRange">low and high rather than mean and standard deviation</param>
/// <param name="First">low, or mean</param>
/// <param name="Second">high, or standard deviation</param>
internal readonly record struct StatisticEntry(string Tensor, string Operation, int Frame, int Slice, int Channel, bool IsRange,
    double First, double Second);

/// <summary>All statistics of a run; a long series keeps the first ones, and the extremes of all.</summary>
internal sealed class StatisticList
{
    private const int Listed = 1000;

    private readonly List<StatisticEntry> _entries = [];
    private readonly Dictionary<(string Tensor, string Operation, bool IsRange), (double, double, double, double)> _extremes = [];
    private long _count;

    public void Add(StatisticEntry entry)
    {
        _count++;
        if (_entries.Count < Listed)
            _entries.Add(entry);
        var key = (entry.Tensor, entry.Operation, entry.IsRange);
        var (a, b, c, d) = _extremes.GetValueOrDefault(key, (entry.First, entry.First, entry.Second, entry.Second));
        _extremes[key] = (Math.Min(a, entry.First), Math.Max(b, entry.First), Math.Min(c, entry.Second), Math.Max(d, entry.Second));
    }

    /// <summary>As "statistics", and "statistics_summary" when some are not listed.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("statistics");
        foreach (StatisticEntry entry in _entries)
        {
            json.WriteStartObject();
            json.WriteString("tensor", entry.Tensor);
            json.WriteString("operation", entry.Operation);
            foreach (var (name, index) in new[] { ("t", entry.Frame), ("z", entry.Slice), ("c", entry.Channel) })
                if (index >= 0)
                    json.WriteNumber(name, index);
            json.WriteNumber(entry.IsRange ? "low" : "mean", entry.First);
            json.WriteNumber(entry.IsRange ? "high" : "std", entry.Second);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (_count > _entries.Count)
            WriteSummary(json);
    }

    private void WriteSummary(Utf8JsonWriter json)
    {
        json.WriteStartArray("statistics_summary");
        foreach (var (key, (firstMin, firstMax, secondMin, secondMax)) in _extremes)
        {
            var (first, second) = key.IsRange ? ("low", "high") : ("mean", "std");
            json.WriteStartObject();
            json.WriteString("tensor", key.Tensor);
            json.WriteString("operation", key.Operation);
            json.WriteNumber(first + "_min", firstMin);
            json.WriteNumber(first + "_max", firstMax);
            json.WriteNumber(second + "_min", secondMin);
            json.WriteNumber(second + "_max", secondMax);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("statistics_count", _count);
    }
}
