using System.Diagnostics;
using BioDL.Core;
using BioDL.Core.Running;
using BioDL.Core.Runs;
using BioDL.Core.Tensors;
using BioDL.Torch;
using BioDL.Torch.Protocol;
using BioDL.Torch.Worker;
using static BioDL.Tests.Torch.TorchScripts;

namespace BioDL.Tests.Torch;

/// <summary>The worker process: what ends it is an error that names the network, and the next run works.</summary>
[Collection(WorkerCollection.Name)]
public sealed class WorkerTests : IDisposable
{
    private const string Endless = "y = x\nwhile torch.gt(1, 0):\n  y = torch.add(y, 1)\nreturn y";

    public void Dispose()
    {
        Limit(WorkerLimits.SecondsVariable, null);
        Limit(WorkerLimits.MemoryVariable, null);
    }

    /// <summary>In the program as it is published: after trimming, compiled ahead of time.</summary>
    [SkippableFact]
    public void What_went_wrong_in_TorchSharp_does_not_go_wrong_here()
    {
        Require();
        var found = Assert.IsType<CheckedAnswer>(WorkerSession.Use(session => session.Ask(new CheckRequest(), session.Limits.Run)));
        Assert.Equal(4, found.Parameters);
        Assert.True(found.GroupNormIsOne);
        Assert.Equal("PASSIVE", found.WaitPolicy);
        Assert.Contains("(2, 3) and (2, 3) have no product", found.WrongShapes);
        Assert.Contains("shape '[7]' is invalid for input of size 6", found.OperatorError);
        Assert.DoesNotContain("frame", found.OperatorError);
        Assert.DoesNotContain('\n', found.OperatorError);
    }

    [SkippableFact]
    public unsafe void Tensors_in_shared_memory_are_read_and_filled_where_they_lie()
    {
        Require();
        using TorchNetwork network = Of("return (torch.add(x, x), x)", "Tuple[Tensor, Tensor]").Load(1, 2);
        using Tensor x = new(network.TensorMemory), y = new(network.TensorMemory), z = new(network.TensorMemory);
        var random = new Random(1);
        for (int size = 1; size < 3000; size = size * 3 + 1)
        {
            x.Reshape(1, 1, size, 7);
            for (long i = 0; i < x.Count; i++)
                x.Data[i] = random.NextSingle();
            y.Reshape(x.Shape);
            z.Reshape(1, 1, size, 7, 1);
            network.Run([x], [y, z]);
            for (long i = 0; i < x.Count; i++)
                Assert.Equal((2 * x.Data[i], x.Data[i]), (y.Data[i], z.Data[i]));
            Assert.NotNull(SharedMemory.Instance.OffsetOf(x.Data));
            network.Run([x], [null, y]);
            Assert.Equal(x.Data[0], y.Data[0]);
        }
    }

    [SkippableFact]
    public void A_run_is_left_in_the_middle_and_the_next_one_works()
    {
        Require();
        using TorchNetwork endless = Of(Endless).Load(), other = Of("return torch.add(x, x)").Load();
        using Tensor x = Tensor([1, 2, 3, 4], 1, 1, 2, 2), y = Tensor([0, 0, 0, 0], 1, 1, 2, 2);
        int asked = 0;
        var error = Assert.Throws<BioDLException>(() => endless.Run([x], [y], () => ++asked > 3));
        Assert.Equal(Status.Cancelled, error.Status);
        // Asked every 30 ms; three questions and no more have passed.
        Assert.Equal(4, asked);
        Assert.Equal([2f, 4, 6, 8], Run(other)[0]);
    }

    [SkippableFact]
    public void A_network_that_does_not_end_is_ended_and_named()
    {
        Require();
        Limit(WorkerLimits.SecondsVariable, "0.5");
        using TorchNetwork endless = Of(Endless).Load(), other = Of("return torch.add(x, x)").Load();
        Assert.Contains("net.pt did not come to an end within 0.5 s", Assert.ThrowsAny<NetworkException>(() => Run(endless)).Message);
        Assert.Equal([2f, 4, 6, 8], Run(other)[0]);
        var image = new InputTensor { Name = "x", Axes = "bcyx", Channels = 1, Y = new AxisSizes(16, 16), X = new AxisSizes(16, 16) };
        var error = Assert.Throws<BioDLException>(() => TorchProbe.Measure(endless, [image]));
        Assert.Equal(Status.ModelInvalid, error.Status);
        Assert.Contains("net.pt did not come to an end", error.Message);
    }

    [SkippableTheory]
    [InlineData("l = [x]\nwhile torch.gt(1, 0):\n  l = torch.append(l, torch.repeat(x, [16, 16, 1, 1]))\nreturn x")]
    [InlineData("l = [1]\nwhile torch.gt(1, 0):\n  l = torch.add(l, l)\nreturn x")]
    public void A_network_that_takes_memory_without_end_has_an_error_of_memory(string code)
    {
        Require();
        Limit(WorkerLimits.MemoryVariable, "600");
        using TorchNetwork greedy = Of(code).Load(), other = Of("return torch.add(x, x)").Load();
        NetworkMemoryException error = Assert.Throws<NetworkMemoryException>(() => Run(greedy));
        Assert.Contains("net.pt", error.Message);
        Assert.Contains("600 MiB", error.Message);
        Assert.Equal([2f, 4, 6, 8], Run(other)[0]);
    }

    [SkippableFact]
    public void A_worker_that_is_killed_is_an_error_or_nothing_at_all()
    {
        Require();
        using TorchNetwork network = Of("return torch.add(x, x)").Load();
        for (int round = 0; round < 3; round++)
        {
            foreach (Process worker in Workers())
                worker.Kill();
            // Whether the end is seen before or after the request, the run after it works.
            try
            {
                Assert.Equal([2f, 4, 6, 8], Run(network)[0]);
            }
            catch (NetworkException error)
            {
                Assert.Contains("net.pt", error.Message);
            }
            Assert.Equal([2f, 4, 6, 8], Run(network)[0]);
        }
        Assert.Single(Workers());
    }

    [SkippableFact]
    public void Scripts_can_open_no_file()
    {
        Require();
        // Past the checks, as if they had a gap: the worker itself is asked.
        string answer = WorkerSession.Use(session => File.ReadAllText($"/proc/{Workers()[0].Id}/limits"));
        string files = answer.Split('\n').First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        int limit = int.Parse(files.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3]);
        Assert.Equal(limit, Directory.GetFiles($"/proc/{Workers()[0].Id}/fd").Length);
        Assert.DoesNotContain(Directory.GetFiles($"/proc/{Workers()[0].Id}/fd"),
            file => new FileInfo(file).LinkTarget?.StartsWith('/') == true && IsOutside(new FileInfo(file).LinkTarget!));
    }

    private static bool IsOutside(string target) => !target.StartsWith("/proc/") && !target.StartsWith("/dev/")
        && !target.StartsWith("/memfd:");

    private static Process[] Workers() => [.. Process.GetProcessesByName("biodl-torch").Where(process =>
        File.ReadAllText($"/proc/{process.Id}/stat").Split(") ")[1].Split(' ')[1] == Environment.ProcessId.ToString())];

    /// <summary>Set before the next worker starts.</summary>
    private static void Limit(string variable, string? value)
    {
        Environment.SetEnvironmentVariable(variable, value);
        WorkerSession.End();
    }
}
