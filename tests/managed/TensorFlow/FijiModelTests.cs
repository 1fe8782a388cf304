using BioDL.Conformance;
using BioDL.Models.Files;
using BioDL.Models.TensorFlow;

namespace BioDL.Tests.TensorFlow;

/// <summary>Models as Fiji's plugins and CSBDeep save them.</summary>
public sealed class FijiModelTests
{
    private static ZipFiles N2v => ZipFiles.Of(SharedData.File("models", "n2v-savedmodel", "format-0.2.0-csbdeep.bioimage.io.zip"));

    private static ZipFiles Care => ZipFiles.Of(SharedData.File("models", "care-savedmodel", "TF_SavedModel.zip"));

    /// <summary>1e-4 is what is asked for; TensorFlow and ONNX Runtime add in another order, and batch normalisation is folded, which gives some 1e-5.</summary>
    [SkippableFact]
    public void N2vGivesItsOfficialOutput()
    {
        ZipFiles files = N2v;
        ImportedNetwork network = TensorFlowImporter.Import(files, "saved_model.pb", ["activation_11/Identity"]);
        Nd input = FloatTiff.Read(files.Read("testinput.tif", 1 << 20)), expected = FloatTiff.Read(files.Read("testoutput.tif", 1 << 20));
        Nd output = NetworkRun.Of(network, input)[0];
        Assert.True(output.Deviation(expected) < 1e-4, $"largest deviation {output.Deviation(expected)}");
    }
}
