using BioDL.Core;
using BioDL.Onnx;

namespace BioDL.Tests.Onnx;

public class DeviceTests
{
    private static readonly DeviceInfo Cpu = new(DeviceKind.Cpu, "cpu", "CPU", 0, true, "");
    private static readonly DeviceInfo Card = new(DeviceKind.Cuda, "cuda:0", "card", 1 << 30, true, "");
    private static readonly DeviceInfo NoCard = DeviceInfo.Unusable(DeviceKind.Cuda, "cuda:0", "NVIDIA GPU", "libcublasLt.so.13 is missing");

    [Fact]
    public void The_cpu_is_device_0_and_always_available()
    {
        Assert.Equal("cpu", Devices.All[0].Id);
        Assert.True(Devices.All[0].Available);
        Assert.NotEmpty(Devices.All[0].Name);
    }

    [Fact]
    public void Every_unavailable_device_says_why()
    {
        Assert.Contains(Devices.All, device => device.Kind == DeviceKind.Cuda);
        Assert.All(Devices.All, device => Assert.Equal(device.Available, device.UnavailableReason.Length == 0));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("")]
    public void Automatic_takes_a_card_where_there_is_one(string asked)
    {
        Assert.Equal(new DeviceChoice(Card, null), Devices.Choose(asked, [Cpu, Card]));
        Assert.Equal(new DeviceChoice(Cpu, null), Devices.Choose(asked, [Cpu, NoCard]));
    }

    [Theory]
    [InlineData("cuda:0")]
    [InlineData("cuda")]
    [InlineData(" CUDA:0 ")]
    public void An_unusable_device_becomes_the_cpu_with_a_warning_that_says_why(string asked)
    {
        DeviceChoice choice = Devices.Choose(asked, [Cpu, NoCard]);
        Assert.Equal(Cpu, choice.Device);
        Assert.Contains("libcublasLt.so.13 is missing", choice.Warning);
        Assert.Equal(Card, Devices.Choose(asked, [Cpu, Card]).Device);
    }

    [Theory]
    [InlineData("cuda:1")]
    [InlineData("cuda:x")]
    [InlineData("cpu:1")]
    [InlineData("gpu")]
    [InlineData("tpu:0")]
    public void A_device_that_does_not_exist_is_an_error_that_names_those_that_do(string asked)
    {
        var error = Assert.Throws<BioDLException>(() => Devices.Choose(asked, [Cpu, NoCard]));
        Assert.Equal(Status.DeviceUnavailable, error.Status);
        Assert.Contains(asked, error.Message);
        Assert.Contains("cpu, cuda:0", error.Hint);
    }

    [Fact]
    public void Threads_are_counted_by_physical_cores()
    {
        string[] twoCoresOfTwoThreads = ["physical id\t: 0", "core id\t\t: 0", "physical id\t: 0", "core id\t\t: 1", "physical id\t: 0", "core id\t\t: 0", "physical id\t: 0", "core id\t\t: 1"];
        string[] twoPackages = ["physical id\t: 0", "core id\t\t: 0", "physical id\t: 1", "core id\t\t: 0"];
        Assert.Equal(2, Processor.PhysicalCores(twoCoresOfTwoThreads));
        Assert.Equal(2, Processor.PhysicalCores(twoPackages));
        Assert.Equal(int.MaxValue, Processor.PhysicalCores(["processor\t: 0"]));
        Assert.InRange(Processor.Cores, 1, Environment.ProcessorCount);
    }
}
