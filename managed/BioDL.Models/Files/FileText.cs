using System.Text;

namespace BioDL.Models.Files;

/// <summary>
/// The text of a file that a person or a tool wrote: UTF-8 or UTF-16 with or without its mark; bytes that are neither are Windows-1252,
/// which is what editors on Windows write where they are not told otherwise, such as the µ of a pixel size.
/// </summary>
/// <param name="Text">without a byte order mark</param>
/// <param name="IsGuessed">it is no Unicode, so it was read as Windows-1252</param>
internal readonly record struct FileText(string Text, bool IsGuessed)
{
    /// <summary>Windows-1252 from 0x80 to 0x9f, where it differs from Latin-1; what it leaves open stays as Latin-1 has it.</summary>
    private const string High = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    public static FileText Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xef, 0xbb, 0xbf, ..])
            bytes = bytes[3..];
        else if (Utf16(bytes) is { } wide)
            return new FileText(wide, false);
        try
        {
            return new FileText(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes), false);
        }
        catch (DecoderFallbackException)
        {
            return new FileText(string.Create(bytes.Length, bytes, (text, from) =>
            {
                for (int i = 0; i < text.Length; i++)
                    text[i] = from[i] is >= 0x80 and < 0xa0 ? High[from[i] - 0x80] : (char)from[i];
            }), true);
        }
    }

    /// <summary>With a mark, or without where a text in Latin letters shows every second byte as 0.</summary>
    private static string? Utf16(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xff, 0xfe, ..] => Encoding.Unicode.GetString(bytes[2..]),
        [0xfe, 0xff, ..] => Encoding.BigEndianUnicode.GetString(bytes[2..]),
        [not 0, 0, not 0, 0, ..] => Encoding.Unicode.GetString(bytes),
        [0, not 0, 0, not 0, ..] => Encoding.BigEndianUnicode.GetString(bytes),
        _ => null,
    };
}
