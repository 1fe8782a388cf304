using System.Globalization;

namespace BioDL.Cli.Images;

/// <summary>
/// One of several equal parts of a list, so that as many programs share it: every so-manieth image, since neighbours in a list often are
/// of one size.
/// </summary>
/// <param name="Number">from 1 to <paramref name="Count"/></param>
/// <param name="Count">of parts</param>
internal sealed record Part(int Number, int Count)
{
    /// <returns>null when the text is none</returns>
    internal static Part? Parse(string text) => text.Split('/') is [var number, var count]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int one)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int all) && one >= 1 && one <= all
            ? new Part(one, all) : null;

    internal bool Has(int index) => index % Count == Number - 1;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}-of-{Count}");
}
