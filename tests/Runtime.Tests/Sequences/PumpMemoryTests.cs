namespace Weir.Runtime.Tests.Sequences;

/// <summary>The memory of the whole process while a long sequence is read.</summary>
[Collection(Alone.Name)]
public sealed class PumpMemoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_million_records_pass_in_memory_that_stays_flat(bool isAsync)
    {
        var most = 0L;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var count = 0;
        var job = new Job("pump");
        var records = isAsync ? job.From(ManyAsync()) : job.From(Many());
        records.To(record =>
        {
            if (++count % 100_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            }
        });
        await job.RunAsync(new JobOptions { RestartStrategy = RestartStrategy.None }, Cancellation);
        Assert.Equal(1_000_000, count);
        Assert.True(most - before < 16 << 20, $"{(most - before) >> 20} MiB more");

        static IEnumerable<byte[]> Many()
        {
            for (var i = 0; i < 1_000_000; i++)
            {
                yield return new byte[256];
            }
        }

        static async IAsyncEnumerable<byte[]> ManyAsync()
        {
            foreach (var record in Many())
            {
                yield return record;
            }

            await Task.CompletedTask;
        }
    }
}
