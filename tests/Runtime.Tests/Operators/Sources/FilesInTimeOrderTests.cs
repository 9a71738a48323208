using System.Globalization;
using Weir.Runtime.Tests.Subtasks;
using Weir.Testing;

namespace Weir.Runtime.Tests.Operators.Sources;

/// <summary>Files of a day each, and files that say nothing for long. A day is a thousand microseconds here.</summary>
public sealed class FilesInTimeOrderTests
{
    private const int RowsADay = 20;
    private const int Day = 1000;
    private readonly SimulatedFileSystem _files = new();
    private readonly MemorySink<int> _sink = new();

    public FilesInTimeOrderTests() => FilesRowCsv.Register();

    [Fact]
    public void H17_the_first_day_is_visible_before_the_fifth_is_begun_and_few_windows_are_open()
    {
        var run = Start(60);
        for (var checkpoint = 1; !run.IsExhausted; checkpoint++)
        {
            run.StepUntil(() => run.IsExhausted || RecordsIn(run) >= checkpoint * RowsADay / 2);
            Checkpoint(run, checkpoint);
            var begun = (int)((RecordsIn(run) + RowsADay - 1) / RowsADay);
            Assert.InRange(begun - _sink.Committed.Count, 0, 3);
            Assert.True(begun < 5 || _sink.Committed.Contains(0), "day 5 is begun and day 1 not visible");
        }

        run.Finish(1000);
        Assert.Equal(Enumerable.Range(0, 60), _sink.Committed.Order());
    }

    [Fact]
    public void H17_a_checkpoint_is_as_large_with_two_thousand_files_as_with_two_hundred()
    {
        Assert.InRange(LargestCheckpoint(2000), 1, LargestCheckpoint(200) + 64);
    }

    [Fact]
    public void Days_of_unequal_length_are_not_late_behind_restores_at_any_parallelism()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var files = new SimulatedFileSystem();
            var rows = 0;
            for (var day = 0; day < 12; day++)
            {
                var count = random.Next(3) == 0 ? 120 : 1 + random.Next(12);
                rows += count;
                files.Put($"/in/{day:00000}.csv", FilesReading.Utf8("name,amount\n" + string.Concat(Enumerable.Range(0, count)
                    .Select(i => string.Create(CultureInfo.InvariantCulture, $"a,{(day * Day) + (i * Day / count)}\n")))));
            }

            var sink = new MemorySink<long>();
            PipelineRun? run = null;
            for (var attempt = 1; attempt <= 4; attempt++)
            {
                var job = Counts(files, sink);
                run = PipelineRun.Start(job, 1 + random.Next(4), random.Next(), 8, attempt: attempt, restoreFrom: run);
                if (attempt < 4)
                {
                    run.Steps(20 + random.Next(250));
                    run.Inject(attempt);
                    Assert.True(run.StepUntil(() => run.Newest?.Id.Value == attempt));
                    run.Complete(attempt);
                    Assert.True(run.StepUntil(() => run.HasCommitted(attempt)));
                }
            }

            run!.Finish(100);
            Assert.True(rows == sink.Committed.Sum(), $"seed {seed}: {sink.Committed.Sum()} of {rows} rows");
        }
    }

    private static Job Counts(SimulatedFileSystem files, MemorySink<long> sink)
    {
        var job = new Job("days");
        job.From(Csv.Read<FilesRow>(
            "/in", new CsvOptions { FileSystem = files, AreInTimeOrder = true, BufferBytes = 1024, MaxLineBytes = 1024 }))
            .Select(r => (r.Name, Time: (long)r.Amount)).WithEventTime(r => r.Time, TimeSpan.Zero)
            .KeyBy(r => r.Name).Window(Tumbling.Of(TimeSpan.FromMicroseconds(Day))).Aggregate(g => (long)g.Count())
                .To(sink);
        return job;
    }

    private long LargestCheckpoint(int days)
    {
        var run = Start(days);
        var most = 0L;
        for (var checkpoint = 1; !run.IsExhausted; checkpoint++)
        {
            run.StepUntil(() => run.IsExhausted || RecordsIn(run) >= checkpoint * RowsADay * days / 20);
            Checkpoint(run, checkpoint);
            most = Math.Max(most, SizeOf(run));
        }

        return most;
    }

    private PipelineRun Start(int days)
    {
        for (var day = 0; day < days; day++)
        {
            var rows = Enumerable.Range(0, RowsADay)
                .Select(i => string.Create(CultureInfo.InvariantCulture, $"a,{(day * Day) + (i * Day / RowsADay)}\n"));
            _files.Put($"/in/{day:00000}.csv", FilesReading.Utf8("name,amount\n" + string.Concat(rows)));
        }

        var job = new Job("days");
        job.From(Csv.Read<FilesRow>(
            "/in", new CsvOptions { FileSystem = _files, AreInTimeOrder = true, BufferBytes = 1024, MaxLineBytes = 1024 }))
            .Select(r => (r.Name, Time: (long)r.Amount)).WithEventTime(r => r.Time, TimeSpan.FromMicroseconds(Day / 2))
            .KeyBy(r => r.Name).Window(Tumbling.Of(TimeSpan.FromMicroseconds(Day))).Aggregate(g => (int)(g.Window.StartTime / Day))
                .To(_sink);
        return PipelineRun.Start(job, batchCapacity: 8);
    }

    private static void Checkpoint(PipelineRun run, int checkpoint)
    {
        run.Inject(checkpoint);
        Assert.True(run.StepUntil(() => run.Newest?.Id.Value == checkpoint));
        run.Complete(checkpoint);
        Assert.True(run.StepUntil(() => run.HasCommitted(checkpoint)));
    }

    private static long RecordsIn(PipelineRun run) => run.Subtasks[0].Counters.RecordsIn;

    private static long SizeOf(PipelineRun run) => run.Newest!.Value.States.Values.SelectMany(states => states)
        .Sum(state => state.Items.Sum(item => item.Length) + state.Shared.Sum(item => item.Length));
}
