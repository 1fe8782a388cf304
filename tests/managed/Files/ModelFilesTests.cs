using BioDL.Conformance;
using BioDL.Core;
using BioDL.Models.Files;
using BioDL.Models.Opening;
using BioDL.Tests.Cli;

namespace BioDL.Tests.Files;

public sealed class ModelFilesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_single_folder_around_all_files_of_a_zip_is_left_out()
    {
        IModelFiles zip = ZipFiles.Of(ZipMaker.Make(new ZipEntry("model/", []) { Mode = 0x41ED }, new ZipEntry("model/rdf.yaml", [1]),
            new ZipEntry("model/variables/v", [2]),
            new ZipEntry("__MACOSX/model/._rdf.yaml", [3]), new ZipEntry(".DS_Store", [4])), "test.zip");
        Assert.Equal(["rdf.yaml", "variables/v"], zip.Names);
    }

    [Fact]
    public void A_zip_in_a_zip_is_a_model_too_but_not_for_ever()
    {
        byte[] inner = ZipMaker.Make(new ZipEntry("saved_model.pb", [7]));
        for (int depth = 0; depth < 3; depth++)
            inner = ZipMaker.Make(new ZipEntry("inner.zip", inner), new ZipEntry("no.zip", [1, 2]));
        IModelFiles second = ZipFiles.Of(inner, "outer.zip").Inner("inner.zip");
        Assert.Equal("inner.zip in outer.zip", second.Source);
        IModelFiles third = second.Inner("inner.zip");
        Assert.Equal(Status.ModelInvalid, Assert.Throws<BioDLException>(() => third.Inner("inner.zip")).Status);
        Assert.Contains("no zip file", Assert.Throws<BioDLException>(() => third.Inner("no.zip")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_in_a_folder_is_a_model_too()
    {
        File.WriteAllBytes(Path.Combine(_folder.Root, "TF_SavedModel.zip"), ZipMaker.Make(new ZipEntry("saved_model.pb", [7])));
        ModelLocation location = ModelFinder.Find(_folder.Root);
        Assert.Equal([7], location.Files.Inner("TF_SavedModel.zip").Read("saved_model.pb", 10));
        Assert.Equal(Status.NotFound, Assert.Throws<BioDLException>(() => location.Files.Inner("other.zip")).Status);
    }

    [Fact]
    public void Magic_bytes_tell_a_zip_and_not_its_name()
    {
        string zip = Path.Combine(_folder.Root, "model.onnx"), text = Path.Combine(_folder.Root, "model.zip");
        File.WriteAllBytes(zip, ZipMaker.Make(new ZipEntry("rdf.yaml", [1])));
        File.WriteAllText(text, "no zip");
        Assert.IsType<ZipFiles>(ModelFinder.Find(zip).Files);
        Assert.Equal("model.zip", ModelFinder.Find(text).Chosen);
    }

    [Fact]
    public void TorchScript_is_weights_and_no_package()
    {
        string path = Path.Combine(_folder.Root, "weights.pt");
        File.WriteAllBytes(path, ZipMaker.Make(new ZipEntry("archive/data.pkl", [1]), new ZipEntry("archive/version", [2])));
        Assert.Equal("weights.pt", ModelFinder.Find(path).Chosen);
    }

    [Fact]
    public void A_folder_lists_its_files_and_no_link_out_of_it()
    {
        string inside = Path.Combine(_folder.Root, "model"), outside = Path.Combine(_folder.Root, "secret.txt");
        Directory.CreateDirectory(Path.Combine(inside, "variables"));
        File.WriteAllText(outside, "secret");
        File.WriteAllText(Path.Combine(inside, "b.txt"), "b");
        File.WriteAllText(Path.Combine(inside, "variables", "v"), "v");
        File.CreateSymbolicLink(Path.Combine(inside, "good"), "variables/v");
        File.CreateSymbolicLink(Path.Combine(inside, "bad"), "../secret.txt");
        Directory.CreateSymbolicLink(Path.Combine(inside, "up"), "..");
        File.CreateSymbolicLink(Path.Combine(inside, "round"), "up/secret.txt");
        IModelFiles files = new FolderFiles(inside, inside);
        Assert.Equal(["b.txt", "good", "variables/v"], files.Names);
        Assert.Equal("v"u8.ToArray(), files.Read("good", 10));
        foreach (string name in new[] { "bad", "up/secret.txt", "round" })
        {
            Assert.False(files.Exists(name));
            Assert.Contains("leads out", Assert.Throws<BioDLException>(() => files.Read(name, 10)).Message, StringComparison.Ordinal);
        }
        Assert.Contains("leaves its folder", Assert.Throws<BioDLException>(() => files.Read("../secret.txt", 10)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_built_in_model_lists_what_it_has() =>
        Assert.Equal(["bioimageio.yaml", "test_input.npy", "test_output_dist.npy", "test_output_prob.npy", "weights.onnx"],
            ModelFinder.Find(null).Files.Names);

    [SkippableFact]
    public void The_packages_of_Fiji_plugins_open()
    {
        IModelFiles n2v = ModelFinder.Find(SharedData.File("models", "n2v-savedmodel", "format-0.2.0-csbdeep.bioimage.io.zip")).Files;
        Assert.Contains("variables/variables.index", n2v.Names);
        Assert.Equal(924787, n2v.Read("saved_model.pb", 1 << 20).Length);
        Assert.Equal(4013724, n2v.Read("variables/variables.data-00000-of-00001", 1 << 24).Length);
        SharedData.File("models", "care-savedmodel", "config.json");
        IModelFiles care = ModelFinder.Find(Path.Combine(SharedData.Folder!, "models", "care-savedmodel")).Files;
        Assert.Equal(["LICENSE.txt", "TF_SavedModel.zip", "config.json"], care.Names);
        Assert.Equal(77023, care.Inner("TF_SavedModel.zip").Read("saved_model.pb", 1 << 20).Length);
    }
}
