using System.IO.Compression;
using System.Text;
using BioDL.Torch;

namespace BioDL.Tests.Torch;

/// <summary>Writes TorchScript archives by hand, also ones that torch.jit.save would never write.</summary>
internal static class TorchScripts
{
    public static void Require() => Skip.If(TorchLibrary.Unavailable is not null, TorchLibrary.Unavailable);
}
