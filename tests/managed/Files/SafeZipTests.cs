using System.Text;
using BioDL.Core;
using BioDL.Models.Files;

namespace BioDL.Tests.Files;

public class SafeZipTests
{
    private static readonly byte[] Text = Encoding.ASCII.GetBytes("some weights, some weights, some weights");

    [Fact]
    public void Files_come_out_as_they_went_in()
    {
        var zip = ZipFiles.Of(ZipMaker.Make(new ZipEntry("a.txt", Text), new ZipEntry("variables/b", [1, 2, 3]) { Deflated = false },
            new ZipEntry("none", [])), "test.zip");
        Assert.Equal(["a.txt", "none", "variables/b"], zip.Names);
        Assert.Equal(Text, zip.Read("a.txt", 100));
        Assert.Equal([1, 2, 3], zip.Read("variables/b", 3));
        Assert.Empty(zip.Read("none", 3));
        Assert.True(zip.Exists("variables/b"));
        Assert.False(zip.Exists("variables"));
    }

    [Theory]
    [InlineData("../evil", "leaves its folder")]
    [InlineData("a/../../evil", "leaves its folder")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("C:/evil", "drive")]
    [InlineData("C:evil", "drive")]
    [InlineData("..\\evil", "backslash")]
    [InlineData("a\\b", "backslash")]
    [InlineData("a//b", "empty part")]
    [InlineData("./a", "empty part")]
    [InlineData("a/./b", "empty part")]
    [InlineData("a\nb", "control")]
    [InlineData("", "empty")]
    public void Names_that_leave_their_folder_are_refused(string name, string why)
    {
        BioDLException error = Refused(new ZipEntry("good.txt", Text), new ZipEntry(name, Text));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains($"\"{name.Replace('\n', '?')}\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xA1FF, "is a link")]
    [InlineData(0x11FF, "no plain file")]
    [InlineData(0x21FF, "no plain file")]
    public void Links_and_devices_are_refused(int mode, string why) =>
        Assert.Contains(why, Refused(new ZipEntry("link", Text) { Mode = mode }).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_names_that_some_systems_take_for_one_are_refused() =>
        Assert.Contains("twice", Refused(new ZipEntry("a/Weights", Text), new ZipEntry("A/weights", Text)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Encrypted_files_are_refused() =>
        Assert.Contains("encrypted", Refused(new ZipEntry("secret", Text) { Flags = 1 }).Message, StringComparison.Ordinal);

    [Fact]
    public void Entries_that_share_their_bytes_are_refused()
    {
        byte[] noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        Assert.Contains("shares", Refused(new ZipEntry("a", noise), new ZipEntry("b", noise) { SharesWith = 0 }).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_swells_beyond_reason_is_refused() =>
        Assert.Contains("swell", Refused(new ZipEntry("bomb", new byte[65 << 20])).Message, StringComparison.Ordinal);

    [Fact]
    public void Too_many_entries_are_refused_before_they_are_read()
    {
        ZipEntry[] many = [.. Enumerable.Range(0, SafeZip.MaximumEntries + 1).Select(i => new ZipEntry($"{i}", []) { Deflated = false })];
        Assert.Contains($"{many.Length} entries", Refused(many).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_larger_file_than_announced_is_refused_while_it_is_unpacked() =>
        Assert.Contains("\"lie\"", Damaged(new ZipEntry("lie", Text) { ClaimedLength = 5 }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_smaller_file_than_announced_is_refused() =>
        Assert.Contains("\"lie\"", Damaged(new ZipEntry("lie", Text) { ClaimedLength = 1_000_000 }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_wrong_checksum_is_an_error() =>
        Assert.Contains("checksum", Damaged(new ZipEntry("lie", Text) { ClaimedCrc = 1 }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_above_the_limit_of_its_reader_takes_no_memory()
    {
        var zip = ZipFiles.Of(ZipMaker.Make(new ZipEntry("large", new byte[1 << 20])), "test.zip");
        BioDLException error = Assert.Throws<BioDLException>(() => zip.Read("large", 1000));
        Assert.Contains("1048576 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_is_an_error_and_never_another()
    {
        byte[] whole = ZipMaker.Make(new ZipEntry("a", Text), new ZipEntry("b", Text));
        for (int length = 0; length < whole.Length; length++)
            Assert.Equal(Status.ModelInvalid,
                Assert.Throws<BioDLException>(() => ZipFiles.Of(whole[..length], "cut.zip").Read("b", 1000)).Status);
    }

    private static BioDLException Refused(params ZipEntry[] entries)
    {
        BioDLException error = Assert.Throws<BioDLException>(() => ZipFiles.Of(ZipMaker.Make(entries), "test.zip"));
        Assert.Equal(Status.ModelInvalid, error.Status);
        Assert.Contains("test.zip", error.Message, StringComparison.Ordinal);
        return error;
    }

    private static BioDLException Damaged(ZipEntry entry)
    {
        var zip = ZipFiles.Of(ZipMaker.Make(entry), "test.zip");
        BioDLException error = Assert.Throws<BioDLException>(() => zip.Read(entry.Name, 10_000_000));
        Assert.Equal(Status.ModelInvalid, error.Status);
        return error;
    }
}
