using System.Collections;
using System.Reflection;
using BioDL.Models.Descriptions;

namespace BioDL.Tests.Writing;

/// <summary>What two descriptions mean, field by field: lists by what is in them, and nothing of where they came from.</summary>
internal static class Meaning
{
    private static readonly string[] Origin = [nameof(ModelDescription.Source), nameof(ModelDescription.Format),
        nameof(ModelDescription.Notes), nameof(ModelDescription.Covers), nameof(ModelDescription.Citation)];

    /// <returns>the first difference, as a path with both values; null: none</returns>
    public static string? Difference(object a, object b) => Difference("", a, b);

    private static string? Difference(string path, object? a, object? b)
    {
        if (a is null || b is null || a is string || a.GetType().IsPrimitive || a.GetType().IsEnum)
            return Equals(a, b) ? null : $"{path}: {a ?? "null"} and {b ?? "null"}";
        if (a.GetType() != b.GetType() && (a is not IEnumerable || b is not IEnumerable))
            return $"{path}: {a.GetType().Name} and {b.GetType().Name}";
        if (a is IEnumerable first && b is IEnumerable second)
            return List(path, [.. first.Cast<object?>()], [.. second.Cast<object?>()]);
        return a.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => !Origin.Contains(property.Name))
            .Select(property => Difference($"{path}.{property.Name}", property.GetValue(a), property.GetValue(b)))
            .FirstOrDefault(found => found is not null);
    }

    private static string? List(string path, object?[] a, object?[] b) => a.Length != b.Length ? $"{path}: {a.Length} and {b.Length} items"
        : a.Select((item, i) => Difference($"{path}[{i}]", item, b[i])).FirstOrDefault(found => found is not null);
}
