using System.Text;
using BioDL.Models.Files;

namespace BioDL.Tests.Files;

/// <summary>Texts as editors of all systems write them.</summary>
public class FileTextTests
{
    private const string Written = "name: 0.5 µm, Größe “x” – 20 °C, € Š œ ÿ\n";

    public static TheoryData<byte[], bool> Encodings => new()
    {
        { Encoding.UTF8.GetBytes(Written), false },
        { [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(Written)], false },
        { [0xff, 0xfe, .. Encoding.Unicode.GetBytes(Written)], false },
        { [0xfe, 0xff, .. Encoding.BigEndianUnicode.GetBytes(Written)], false },
        { Encoding.Unicode.GetBytes(Written), false },
        { Encoding.BigEndianUnicode.GetBytes(Written), false },
        { Windows(Written), true },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_text_is_the_same_in_every_encoding(byte[] bytes, bool isGuessed) =>
        Assert.Equal(new FileText(Written, isGuessed), FileText.Of(bytes));

    [Fact]
    public void Every_byte_becomes_a_character_and_none_the_replacement()
    {
        for (int value = 0x80; value < 0x100; value++)
        {
            string text = FileText.Of([(byte)'a', (byte)value]).Text;
            Assert.Equal(2, text.Length);
            Assert.NotEqual('\ufffd', text[1]);
        }
    }

    /// <summary>The code page itself, which .NET has not without a package.</summary>
    private static byte[] Windows(string text) => [.. text.Select(letter => letter switch
    {
        '€' => (byte)0x80, '“' => (byte)0x93, '”' => (byte)0x94, '–' => (byte)0x96, 'Š' => (byte)0x8a, 'œ' => (byte)0x9c,
        _ => (byte)letter,
    })];
}
