using System.Text.Json;

namespace BioDL.Core;

/// <summary>Lists of numbers in JSON.</summary>
internal static class Json
{
    public static void WriteNumbers(this Utf8JsonWriter json, string name, IEnumerable<int> numbers) =>
        json.WriteNumbers(name, numbers.Select(number => (double)number));

    public static void WriteNumbers(this Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
