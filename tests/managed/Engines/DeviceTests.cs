using BioDL.Core;
using BioDL.Engines;
using BioDL.Models.Runtime;
using BioDL.Onnx;

namespace BioDL.Tests.Engines;

public class DeviceTests
{
    private static readonly DeviceInfo Card = new(DeviceKind.Cuda, "cuda:0", "card", 1 << 30, true, "");
    private static readonly DeviceInfo NoCard = DeviceInfo.Unusable(DeviceKind.Cuda, "cuda:0", "NVIDIA GPU",
        "libcublasLt.so.13 is missing");

    [Fact]
    public void The_cpu_is_device_0_and_always_available()
    {
        Assert.Equal("cpu", InstalledEngines.Devices[0].Id);
        Assert.True(InstalledEngines.Devices[0].Available);
        Assert.NotEmpty(InstalledEngines.Devices[0].Name);
    }

    [Fact]
    public void Every_unavailable_device_says_why()
    {
        Assert.Contains(InstalledEngines.Devices, device => device.Kind == DeviceKind.Cuda);
        Assert.All(InstalledEngines.Devices, device => Assert.Equal(device.Available, device.UnavailableReason.Length == 0));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("")]
    public void Automatic_takes_a_card_where_there_is_one(string asked)
    {
        Assert.Equal(new DeviceChoice(Card, null), Choose(asked, Card));
        Assert.Equal(new DeviceChoice(Devices.Cpu, null), Choose(asked, NoCard));
    }

    [Theory]
    [InlineData("cuda:0")]
    [InlineData("cuda")]
    [InlineData(" CUDA:0 ")]
    public void An_unusable_device_becomes_the_cpu_with_a_warning_that_says_why(string asked)
    {
        DeviceChoice choice = Choose(asked, NoCard);
        Assert.Equal(Devices.Cpu, choice.Device);
        Assert.Contains("libcublasLt.so.13 is missing", choice.Warning);
        Assert.Equal(Card, Choose(asked, Card).Device);
    }

    [Theory]
    [InlineData("cuda", true)]
    [InlineData("auto", false)]
    public void A_device_that_only_another_engine_uses_becomes_the_cpu_with_a_warning_where_it_was_asked_for(string asked, bool warns)
    {
        var (engine, other) = (new FakeEngine([]), new FakeEngine([Card]));
        DeviceChoice choice = Devices.Choose(asked, engine, Devices.Of([engine, other]));
        Assert.Equal(Devices.Cpu, choice.Device);
        Assert.Equal(warns, choice.Warning is not null);
        Assert.Equal(Card, Devices.Choose(asked, other, Devices.Of([engine, other])).Device);
    }

    [Fact]
    public void Of_a_device_that_several_engines_know_the_usable_one_is_listed() =>
        Assert.Equal([Devices.Cpu, Card], Devices.Of([new FakeEngine([NoCard]), new FakeEngine([Card])]));

    [Theory]
    [InlineData("cuda:1")]
    [InlineData("cuda:x")]
    [InlineData("cpu:1")]
    [InlineData("gpu")]
    [InlineData("tpu:0")]
    public void A_device_that_does_not_exist_is_an_error_that_names_those_that_do(string asked)
    {
        var error = Assert.Throws<BioDLException>(() => Choose(asked, NoCard));
        Assert.Equal(Status.DeviceUnavailable, error.Status);
        Assert.Contains(asked, error.Message);
        Assert.Contains("cpu, cuda:0", error.Hint);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("libcudnn.so.9", "cuDNN 9 (libcudnn.so.9) is not installed")]
    [InlineData("libcublasLt.so.13 libcublas.so.13", "CUDA 13 (libcublasLt.so.13) is not installed")]
    [InlineData("libcuda.so.1 libcublasLt.so.13 libcudnn.so.9",
        "the NVIDIA driver (libcuda.so.1), CUDA 13 (libcublasLt.so.13) and cuDNN 9 (libcudnn.so.9) are not installed")]
    public void What_CUDA_lacks_is_said_by_name_in_one_sentence(string absent, string? says)
    {
        string? sentence = CudaLibraries.Missing(file => !absent.Split(' ').Contains(file), windows: false);
        Assert.Equal(says is null, sentence is null);
        Assert.StartsWith(says ?? "", sentence ?? "");
    }

    private static DeviceChoice Choose(string asked, DeviceInfo card)
    {
        var engine = new FakeEngine([card]);
        return Devices.Choose(asked, engine, Devices.Of([engine]));
    }

    [Fact]
    public void Threads_are_counted_by_physical_cores()
    {
        string[] twoCoresOfTwoThreads = ["physical id\t: 0", "core id\t\t: 0", "physical id\t: 0", "core id\t\t: 1", "physical id\t: 0",
            "core id\t\t: 0", "physical id\t: 0", "core id\t\t: 1"];
        string[] twoPackages = ["physical id\t: 0", "core id\t\t: 0", "physical id\t: 1", "core id\t\t: 0"];
        Assert.Equal(2, Processor.PhysicalCores(twoCoresOfTwoThreads));
        Assert.Equal(2, Processor.PhysicalCores(twoPackages));
        Assert.Equal(int.MaxValue, Processor.PhysicalCores(["processor\t: 0"]));
        Assert.InRange(Processor.Cores, 1, Environment.ProcessorCount);
    }
}
