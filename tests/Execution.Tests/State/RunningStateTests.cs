using Weir.Execution.Tests.Pipelines;

namespace Weir.Execution.Tests.State;

/// <summary>A running aggregate stops in the middle, and goes on from its checkpoint, compiled or interpreted.</summary>
public sealed class RunningStateTests : IDisposable
{
    private static readonly Reading[] Readings = [.. Enumerable.Range(1, 40)
        .Select(i => new Reading($"s{i % 3}", i, i, 0, 0, 0, 100 * i, null, null, (Colour)(i % 3)))];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("weir-running-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_group_goes_on_where_it_was(bool interpreted) =>
        Assert.Equal(await Later(RunningPipelines.Untimed), await Resumed(RunningPipelines.Untimed, interpreted, interpreted));

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task An_aggregate_written_by_hand_goes_on_in_the_other_form(bool then, bool now) =>
        Assert.Equal(await Later(RunningPipelines.ByHand), await Resumed(RunningPipelines.ByHand, then, now));

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_group_goes_on_in_the_form_that_its_checkpoint_has(bool then, bool now) =>
        Assert.Equal(await Later(RunningPipelines.Untimed), await Resumed(RunningPipelines.Untimed, then, now));

    // What comes of the second half of the records, had nothing happened.
    private static async Task<IEnumerable<string>> Later(Action<Job, ISource<Reading>, ISink<string>> define)
    {
        var (records, _) = await BothWays.Run(define, Readings, parallelism: 1, capacity: 1024, interpreted: true);
        return records.Skip(Readings.Length / 2);
    }

    private async Task<List<string>> Resumed(Action<Job, ISource<Reading>, ISink<string>> define, bool then, bool now)
    {
        var source = new FailingSource<Reading>(Readings);
        var first = new Job("running");
        define(first, source, new ListSink<string>());
        await Assert.ThrowsAnyAsync<Exception>(() => first.RunAsync(Options(then, happened =>
        {
            if (happened is JobEvent.CheckpointCompleted)
            {
                source.CheckpointCompleted();
            }
        }), TestContext.Current.CancellationToken));

        var sink = new ListSink<string>();
        var second = new Job("running");
        define(second, source, sink);
        await second.RunAsync(Options(now, static _ => { }), TestContext.Current.CancellationToken);
        Assert.Equal(source.Delivered, source.ResumedAt);
        return sink.Records;
    }

    private JobOptions Options(bool interpreted, Action<JobEvent> onEvent) => new()
    {
        Interpreted = interpreted,
        Parallelism = 1,
        CheckpointDirectory = _directory.FullName,
        CheckpointInterval = TimeSpan.FromMilliseconds(1),
        RestartStrategy = RestartStrategy.None,
        OnEvent = onEvent,
    };
}
