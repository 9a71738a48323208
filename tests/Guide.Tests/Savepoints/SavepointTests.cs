using System.Globalization;
using Weir.Guide.Tests.Doubles;

namespace Weir.Guide.Tests.Savepoints;

/// <summary>The page of savepoints: a job that begins with what a database knows, and goes on from what it was stopped with.</summary>
public sealed class SavepointTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("weir-guide-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_begins_with_what_a_database_knew_and_its_savepoint_is_read_by_name(bool interpreted)
    {
        var (first, last) = (Path.Combine(_directory, "first"), Path.Combine(_directory, "last"));
        SavepointSnippet.Bootstrap(first, [("ann", 10, 1000m), ("bob", 1, 1m)]);
        Assert.Equal(["ann has bought for 1000", "bob has bought for 1"], SavepointSnippet.Read(first));

        var sink = new OrderedSink<SavepointSnippet.Large>();
        var running = Start(sink, new UnendedSource(Orders.All), new JobOptions
        {
            RestoreFrom = first,
            Interpreted = interpreted,
            Parallelism = 2,
            BatchCapacity = 1,
        });
        while (running.Progress.RecordsIn < Orders.All.Count)
        {
            await running.CheckpointAsync(Cancellation);
        }

        Assert.StartsWith($"{Orders.All.Count} orders read", await SavepointSnippet.StopAsync(running, last), StringComparison.Ordinal);
        Assert.All(sink.Records, record => Assert.Equal("bob", record.Value.Customer));
        Assert.Equal(
            Orders.All.GroupBy(order => order.Customer)
                .Select(all => (all.Key, Sum: all.Sum(order => order.Amount) + (all.Key == "ann" ? 1000 : 1)))
                .OrderBy(all => all.Key)
                .Select(all => string.Create(CultureInfo.CurrentCulture, $"{all.Key} has bought for {all.Sum}")),
            SavepointSnippet.Read(last));
    }

    private static RunningJob Start(ISink<SavepointSnippet.Large> sink, UnendedSource source, JobOptions options)
    {
        var job = new Job("large-orders");
        SavepointSnippet.Define(job, source, sink);
        return job.Start(options, Cancellation);
    }
}
