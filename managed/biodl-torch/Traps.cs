using BioDL.Training;
using System.Runtime.InteropServices;
using BioDL.Torch.Protocol;
using TorchSharp;
using TorchSharp.Modules;

namespace BioDL.Torch.Worker;

/// <summary>What once went wrong in TorchSharp when it was compiled ahead of time, tried in the program as it is published.</summary>
internal static class Traps
{
    public static CheckedAnswer Check()
    {
        using var scope = torch.NewDisposeScope();
        using var block = new Block();
        GroupNorm norm = Layers.GroupNorm(2, 4);
        bool one = norm.weight!.eq(1).all().ToBoolean() && norm.bias!.eq(0).all().ToBoolean();
        string policy = Marshal.PtrToStringUTF8(SystemCalls.getenv("OMP_WAIT_POLICY")) ?? "";
        string shapes = Error(() => Layers.Product(torch.ones(2, 3), torch.ones(2, 3)));
        string sizes = Error(() => torch.ones(2, 3).reshape(7));
        return new CheckedAnswer(block.parameters().Count(), one, policy, shapes, sizes);
    }

    private static string Error(Action action)
    {
        try
        {
            action();
            return "";
        }
        catch (Exception error) when (error is ArgumentException or ExternalException)
        {
            return ErrorText.Reason(error.Message);
        }
    }

    /// <summary>Layers are registered one by one: reflection over fields, as TorchSharp does it, finds none after trimming.</summary>
    private sealed class Block : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly Conv2d _convolution = torch.nn.Conv2d(1, 4, 3);
        private readonly GroupNorm _norm = Layers.GroupNorm(2, 4);

        public Block()
            : base("block")
        {
            register_module("convolution", _convolution);
            register_module("norm", _norm);
        }

        public override torch.Tensor forward(torch.Tensor input) => _norm.forward(_convolution.forward(input));
    }
}
