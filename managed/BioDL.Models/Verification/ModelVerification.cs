using System.Diagnostics;
using System.Security.Cryptography;
using BioDL.Core;
using BioDL.Core.Images;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Models.Descriptions;
using BioDL.Models.Files;

namespace BioDL.Models.Verification;

/// <summary>Runs a model over its package's own test tensors, by the same road as any image, and compares what comes out.</summary>
public static class ModelVerification
{
    private const long TensorLimit = 4L << 30;

    /// <summary>Verify a model against its own test tensors, by the rules of the bioimage.io format 0.5.</summary>
    /// <param name="model">an open model</param>
    /// <param name="device">"auto", "cpu", "cuda:0", ...</param>
    /// <param name="progress">null: none</param>
    /// <returns>also for a model that fails, or has no test tensors</returns>
    /// <exception cref="BioDLException">
    /// As <see cref="Model.Run"/>, and <see cref="Status.ModelInvalid"/>: a test tensor is broken or not the one that the description
    /// speaks of.
    /// </exception>
    public static VerifyReport Verify(this Model model, string device = "auto", ProgressHandler? progress = null)
    {
        ModelDescription about = model.Description;
        var (set, whyNot) = model.Locations.Select(TestSetReader.Of).OrderBy(found => found.Set is null).First();
        if (set is not null && (set.Inputs.Count != about.Inputs.Count || set.Outputs.Count != about.Outputs.Count))
        {
            whyNot = $"it is described with {set.Inputs.Count} inputs and {set.Outputs.Count} outputs, but has {about.Inputs.Count} and "
                + $"{about.Outputs.Count}";
            set = null;
        }
        var report = new VerifyReport
        {
            Outcome = VerifyOutcome.Impossible, Name = about.Name, Source = about.Source,
            WeightsFormat = about.WeightsFormat, WhyNot = whyNot,
        };
        return set is null ? report : Run(model, set, report, device, progress);
    }

    private static VerifyReport Run(Model model, TestSet set, VerifyReport report, string device, ProgressHandler? progress)
    {
        var arrays = new List<NpyArray>();
        try
        {
            var checkedFiles = new List<string>();
            ImageView Load(TestTensor tensor, int channels)
            {
                (NpyArray array, string axes) = Tensor(set, tensor, channels, checkedFiles);
                arrays.Add(array);
                return array.View(axes, $"the test tensor {tensor.File}");
            }
            ImageView[] inputs = [.. Ordered(model.Description.Inputs, set.Inputs, tensor => (tensor.Id, tensor.Name))
                .Select((test, i) => Load(test, model.Description.Inputs[i].Channels))];
            TestTensor[] tests = Ordered(model.Description.Outputs, set.Outputs, tensor => (tensor.Id, tensor.Name));
            ImageView[] references = [.. tests.Select((test, i) => Load(test, model.Description.Outputs[i].Channels))];
            RunOptions options = Options(set, device);
            long start = Stopwatch.GetTimestamp();
            (IReadOnlyList<NpyArray> made, RunResult result) = TestRun.Of(model, inputs, options, _ => "tzcyx", progress);
            arrays.AddRange(made);
            ImageView[] outputs = [.. made.Select((array, i) => array.View("tzcyx", model.Description.Outputs[i].Name))];
            VerifiedOutput[] verified = [.. tests.Select((test, i) => Compare(test, outputs[i], references[i],
                set.ToleranceOf(test.Id, report.WeightsFormat)))];
            return report with
            {
                Outcome = verified.All(output => output.Passed) ? VerifyOutcome.Passed : VerifyOutcome.Failed,
                Outputs = verified,
                Device = result.Account.Device,
                DeviceName = result.Account.DeviceName,
                Warnings = result.Account.Warnings,
                CheckedFiles = checkedFiles,
                Milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds,
            };
        }
        finally
        {
            arrays.ForEach(array => array.Dispose());
        }
    }

    /// <summary>Nothing is scaled back that the description does not.</summary>
    private static RunOptions Options(TestSet set, string device) => new()
    {
        Device = device, Normalize = !set.IsBare, ScaleBack = set.IsScaledBack,
    };

    private static VerifiedOutput Compare(TestTensor test, ImageView found, ImageView reference, Tolerance tolerance)
    {
        long[] sizes = [reference.Frames, reference.Slices, reference.Channels, reference.Height, reference.Width];
        var output = new VerifiedOutput { Name = test.Id, Shape = [.. InFileOrder(test.Axes, sizes)], Values = 0, Tolerance = tolerance };
        if (!TensorComparison.SameShape(found, reference))
        {
            long[] others = [found.Frames, found.Slices, found.Channels, found.Height, found.Width];
            return output with { Fault = $"the network gave {NpyArray.ShapeText(InFileOrder(test.Axes, others))}" };
        }
        TensorComparison.Found difference = TensorComparison.Of(found, reference, tolerance);
        return output with
        {
            Values = difference.Values,
            Mismatches = difference.Mismatches,
            LargestDeviation = difference.Largest,
            LargestAt = [.. InFileOrder(test.Axes, [.. difference.At.Select(at => (long)at)])],
        };
    }

    // From T, Z, C, Y, X to the order of the axes of the file.
    private static IEnumerable<long> InFileOrder(string axes, long[] tzcyx) =>
        axes.Select(axis => axis switch
        {
            'z' => tzcyx[1],
            'c' => tzcyx[2],
            'y' => tzcyx[3],
            'x' => tzcyx[4],
            'b' when axes.Contains('t') => 1,
            _ => tzcyx[0]
        });

    private static TestTensor[] Ordered<T>(IReadOnlyList<T> tensors, IReadOnlyList<TestTensor> tests, Func<T,
        (string Id, string Name)> names) =>
        [.. tensors.Select((tensor, i) => tests.FirstOrDefault(test => test.Id.Length > 0 && test.Id == names(tensor).Id)
            ?? tests.FirstOrDefault(test => test.Id.Length > 0 && test.Id == names(tensor).Name) ?? tests[i])];

    private static (NpyArray Array, string Axes) Tensor(TestSet set, TestTensor tensor, int channels,
        List<string> checkedFiles)
    {
        byte[] bytes = set.Files.Read(tensor.File, TensorLimit);
        if (tensor.Sha256 is { } expected)
        {
            string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (hash != expected)
            {
                throw new BioDLException(Status.ModelInvalid,
                    $"{tensor.File} of {set.Files.Source} has the SHA-256 {hash}, but its description says {expected}.",
                    "The file was changed or is damaged: download the model again.");
            }
            checkedFiles.Add(tensor.File);
        }
        string name = $"{tensor.File} of {set.Files.Source}";
        return bytes is [(byte)'M', (byte)'M', ..] or [(byte)'I', (byte)'I', ..]
            ? TestTiff.Read(bytes, tensor.Axes, channels, name)
            : WithAxes(Npy.Read(new MemoryStream(bytes), name, TensorLimit), tensor.Axes, channels);
    }

    /// <summary>An array with as few axes as it has: a batch, channels or slices of one are often left out.</summary>
    private static (NpyArray Array, string Axes) WithAxes(NpyArray array, string axes, int channels)
    {
        foreach (char single in channels == 1 ? "btcz" : "btzc")
        {
            if (axes.Length > array.Shape.Count)
                axes = axes.Replace(single.ToString(), "", StringComparison.Ordinal);
        }
        return (array, axes);
    }
}
