using System.Globalization;
using Weir.Runtime.Running;
using Weir.Runtime.Tests.Subtasks;
using Weir.Testing;

namespace Weir.Runtime.Tests.Operators.Sources;

/// <summary>Inputs that give no event time for long, with and without <c>IdleAfter</c>. Time moves with each step.</summary>
public sealed class SilentInputsTests
{
    private const int Window = 10;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private readonly SimulatedFileSystem _files = new();
    private readonly SimulatedTime _time = new();
    private readonly MemorySink<string> _sink = new();

    public SilentInputsTests() => FilesRowCsv.Register();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void H18_A_longer_file_without_a_record_left_holds_windows_back_unless_it_may_fall_idle(bool mayFallIdle)
    {
        Put("/in/long.csv", "dropped", 4000);
        Put("/in/short.csv", "a", 100);
        var job = new Job("silent");
        var times = job.From(Csv.Read<FilesRow>("/in", new CsvOptions { FileSystem = _files, BufferBytes = 1024, MaxLineBytes = 1024 }))
            .Where(r => r.Name != "dropped").Select(r => (r.Name, Time: (long)r.Amount)).WithEventTime(r => r.Time, TimeSpan.Zero);
        Count(mayFallIdle ? times.IdleAfter(TimeSpan.FromSeconds(1)) : times);
        var run = PipelineRun.Start(job, parallelism: 2, batchCapacity: 8, time: _time);

        // Half of the longer file takes longer than the silence.
        Run(run, () => run.Subtasks.Sum(subtask => subtask.Counters.RecordsIn) >= 2100);
        run.Inject(1);
        Run(run, () => run.Newest?.Id.Value == 1);
        run.Complete(1);
        Run(run, () => run.HasCommitted(1));
        Assert.False(run.IsExhausted);
        Assert.Equal(mayFallIdle, _sink.Committed.Count > 0);
        Assert.Equal(mayFallIdle ? 1 : null, new OperatorTotals().With(run.Subtasks)["WithEventTime-1"].IdleSplits);

        Run(run, () => run.IsExhausted);
        run.Finish(2);
        Assert.Equal(0, run.Subtasks.Sum(subtask => subtask.Counters.Late));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"a@{i * Window}=10"), _sink.Committed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(20)]
    public void An_input_is_not_silent_while_the_rate_is_limited(double recordsPerSecond)
    {
        // At two records in four seconds each side is without one for longer than the silence, again and again.
        var job = new Job("limited");
        Count(job.From(new MemorySource<(string Name, long Time)>(
                [.. Enumerable.Range(0, 40).Select(i => ("fast", 1000L + (i * 100)))],
                [.. Enumerable.Range(0, 40).Select(i => ("slow", (long)i))]))
            .WithEventTime(r => r.Time, TimeSpan.Zero).IdleAfter(TimeSpan.FromSeconds(1)));
        var run = PipelineRun.Start(job, parallelism: 2, batchCapacity: 1, time: _time, recordsPerSecond: recordsPerSecond);

        Run(run, () => run.IsExhausted);

        Assert.InRange(_time.Elapsed.TotalSeconds, 70 / recordsPerSecond, double.MaxValue);
        Assert.Equal(0, run.Subtasks.Sum(subtask => subtask.Counters.Late));
        run.Finish(1);
        string[] slow = [.. _sink.Committed.Where(row => row.StartsWith("slow@", StringComparison.Ordinal))];
        Assert.Equal(["slow@0=10", "slow@10=10", "slow@20=10", "slow@30=10"], slow.Order(StringComparer.Ordinal));
    }

    private void Put(string path, string name, int rows) => _files.Put(path, FilesReading.Utf8("name,amount\n" + string.Concat(
        Enumerable.Range(0, rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name},{i}\n")))));

    private void Count(Stream<(string Name, long Time)> rows) => rows.KeyBy(r => r.Name)
        .Window(Tumbling.Of(TimeSpan.FromMicroseconds(Window)))
        .Aggregate(g => $"{g.Key}@{g.Window.StartTime}={g.Count()}")
        .To(_sink);

    private void Run(PipelineRun run, Func<bool> condition)
    {
        for (var steps = 0; !condition(); steps++)
        {
            Assert.True(steps < 200_000, "nothing comes of it");
            _time.Advance(Step);
            run.Steps(1);
        }
    }
}
