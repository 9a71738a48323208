namespace Weir.Execution.Tests.Pipelines;

/// <summary>A job is stopped and goes on compiled where it was interpreted, or the other way round, and back again.</summary>
public sealed class SwitchingTests
{
    private static readonly Dictionary<string, Action<Job, ISource<Reading>, ISink<string>>> Pipelines = new()
    {
        ["tumbling, counts"] = Texts(AggregatePipelines.Counts),
        ["tumbling, sums"] = Texts(AggregatePipelines.Sums),
        ["tumbling, extremes"] = Texts(AggregatePipelines.Extremes),
        ["tumbling, ends"] = Texts(AggregatePipelines.Ends),
        ["tumbling, buffered"] = AggregatePipelines.Buffered,
        ["tumbling, twice"] = AggregatePipelines.Twice,
        ["sliding"] = WindowPipelines.Slide,
        ["sessions"] = WindowPipelines.Session,
        ["sessions, ends"] = Texts(SessionPipelines.Ends),
        ["sessions, folds"] = Texts(SessionPipelines.Folds),
        ["counted"] = WindowPipelines.Counts,
        ["counted, sliding"] = WindowPipelines.CountsThatSlide,
        ["all"] = WindowPipelines.All,
        ["running"] = RunningPipelines.Timed,
        ["running, untimed"] = RunningPipelines.Untimed,
        ["running, every verb"] = RunningPipelines.Everything,
        ["triggered"] = GeneralWindowPipelines.Triggered,
        ["late"] = GeneralWindowPipelines.Late,
        ["evicted"] = GeneralWindowPipelines.Evicted,
        ["by hand"] = Texts(SessionPipelines.ByHand),
        ["reduced"] = WindowPipelines.Reduced,
    };

    public static TheoryData<string> Names => [.. Pipelines.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task A_job_goes_on_compiled_where_it_was_interpreted_and_the_other_way_round(string name)
    {
        var readings = Readings.Some(90);
        foreach (var startsInterpreted in (bool[])[true, false])
        {
            var directory = Directory.CreateTempSubdirectory("weir-switching-");
            try
            {
                var sink = new ListSink<string>();
                for (var step = 1; step <= 3; step++)
                {
                    await Run(name, readings, step * 30, directory.FullName, interpreted: startsInterpreted == (step % 2 == 1), sink);
                }

                var expected = new ListSink<string>();
                await Run(name, readings, 90, null, interpreted: startsInterpreted, expected);
                Assert.NotEmpty(expected.Records);
                Assert.Equal(expected.Records.Order(StringComparer.Ordinal), sink.Records.Order(StringComparer.Ordinal));
            }
            finally
            {
                directory.Delete(recursive: true);
            }
        }
    }

    private static async Task Run(
        string name, IReadOnlyList<Reading> readings, int end, string? directory, bool interpreted, ListSink<string> sink)
    {
        var source = new SteppedSource<Reading>(readings, end);
        var job = new Job("switching");
        Pipelines[name](job, source, sink);
        var running = job.Start(
            new JobOptions
            {
                CheckpointDirectory = directory,
                Interpreted = interpreted,
                BatchCapacity = 1,
                RestartStrategy = RestartStrategy.None,
            },
            TestContext.Current.CancellationToken);
        if (end == readings.Count)
        {
            await running.Completion;
        }
        else
        {
            await await Task.WhenAny(source.Delivered, running.Completion);
            await running.StopAsync(TestContext.Current.CancellationToken);
        }
    }

    private static Action<Job, ISource<Reading>, ISink<string>> Texts(Action<Job, ISource<Reading>, ISink<Summary>> define) =>
        (job, source, sink) => define(job, source, new Written(sink));

    private sealed class Written(ISink<string> sink) : ISink<Summary>
    {
        public string Description => sink.Description;

        public ISinkWriter<Summary> Open(SinkContext context) => new Writer((SinkWriter<string>)sink.Open(context));
    }

    private sealed class Writer(SinkWriter<string> sink) : SinkWriter<Summary>
    {
        public override void Write(Batch<Summary> batch)
        {
            var texts = new Batch<string>(batch.Count);
            foreach (var summary in batch.Values)
            {
                texts.Add($"{summary}");
            }

            sink.Write(texts);
        }
    }
}
