using TorchSharp;

namespace BioDL.Tests.Training;

/// <summary>Numbers that C# gives to libtorch, while the collector runs.</summary>
[Collection(Torch.WorkerCollection.Name)]
public sealed class NumberLifetimeTests
{
    /// <summary>TorchSharp by itself fails here in two of three runs.</summary>
    [SkippableFact]
    public void A_number_lives_until_it_is_read()
    {
        Libtorch.Require();
        bool ends = false;
        var collector = new Thread(() =>
        {
            while (!Volatile.Read(ref ends))
            {
                GC.Collect(0);
                // Each collection stops all threads: without a pause between them those of other tests hardly come to their turn.
                Thread.Sleep(1);
            }
        });
        collector.Start();
        try
        {
            using var scope = torch.NewDisposeScope();
            torch.Tensor zeros = torch.zeros(50_000);
            for (int i = 0; i < 3000; i++)
            {
                using torch.Tensor sum = zeros + i;
                Assert.Equal(i, sum[i % 50_000].ToSingle());
            }
        }
        finally
        {
            Volatile.Write(ref ends, true);
            collector.Join();
        }
    }
}
