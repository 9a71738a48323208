namespace Weir.Execution.Tests.Pipelines;

/// <summary>Accumulators go through a checkpoint and back: half of the records before a failure, half behind it.</summary>
public sealed class RecoveryTests
{
    private static readonly Dictionary<string, Action<Job, ISource<Reading>, ISink<Summary>>> Pipelines = new()
    {
        [nameof(AggregatePipelines.Counts)] = AggregatePipelines.Counts,
        [nameof(AggregatePipelines.Sums)] = AggregatePipelines.Sums,
        [nameof(AggregatePipelines.Extremes)] = AggregatePipelines.Extremes,
        [nameof(AggregatePipelines.Ends)] = AggregatePipelines.Ends,
    };

    [Theory]
    [InlineData(nameof(AggregatePipelines.Counts), false)]
    [InlineData(nameof(AggregatePipelines.Sums), false)]
    [InlineData(nameof(AggregatePipelines.Extremes), false)]
    [InlineData(nameof(AggregatePipelines.Ends), false)]
    [InlineData(nameof(AggregatePipelines.Extremes), true)]
    public Task A_recovered_aggregate_goes_on_where_it_was(string pipeline, bool interpreted) => Readings.ForEach(async readings =>
    {
        var define = Pipelines[pipeline];
        var expected = await BothWays.Run(define, readings, compiledStages: 3);

        var source = new FailingSource<Reading>(readings);
        var sink = new ListSink<Summary>();
        var job = new Job("recovery");
        define(job, source, sink);
        var options = new JobOptions
        {
            Interpreted = interpreted,
            CheckpointInterval = TimeSpan.FromMilliseconds(1),
            RestartStrategy = RestartStrategy.FixedDelay(1, TimeSpan.FromMilliseconds(1)),
            OnEvent = happened =>
            {
                if (happened is JobEvent.CheckpointCompleted)
                {
                    source.CheckpointCompleted();
                }
            },
        };
        await job.RunAsync(options, TestContext.Current.CancellationToken);

        Assert.Equal(source.Delivered, source.ResumedAt);

        // The sink keeps what was written between the checkpoint and the failure: nothing here, but a result may come twice.
        Assert.Equal(expected.Select(summary => $"{summary}").Distinct().Order(StringComparer.Ordinal),
            sink.Records.Select(summary => $"{summary}").Distinct().Order(StringComparer.Ordinal));
    });
}
