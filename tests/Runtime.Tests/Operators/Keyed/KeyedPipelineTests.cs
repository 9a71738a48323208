using System.Globalization;
using Weir.Runtime.Tests.Subtasks;

namespace Weir.Runtime.Tests.Operators.Keyed;

/// <summary>Whole pipelines with keyed state: any cut into batches, any parallelism and any crash give the same results.</summary>
public sealed class KeyedPipelineTests
{
    private static readonly TimeSpan Disorder = TimeSpan.FromMicroseconds(1_000_000);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 3, 2)]
    [InlineData(3, 1, 3)]
    [InlineData(3, 2, 4)]
    public void A_process_with_timers_gives_the_same_results_at_any_parallelism_and_crash(int parallelism, int then, int seed) =>
        Compare(seed, parallelism, then, (job, records, sink) => Read(job, records).KeyBy(record => record.Key)
            .Process(() => new SumsByTime()).To(sink));

    [Theory]
    [InlineData(false, "The function of 'Process-1' that makes the process failed: no licence")]
    [InlineData(true, "The function of 'Process-1' that makes the process returned null.")]
    public async Task A_function_that_makes_no_process_is_named_before_anything_is_read(bool isNull, string expected)
    {
        var job = new Job("sums");
        Read(job, [[(1, 1)]]).KeyBy(record => record.Key)
            .Process(() => isNull ? (SumsByTime)null! : throw new InvalidOperationException("no licence"))
            .To(new MemorySink<string>());
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(new JobOptions(), TestContext.Current.CancellationToken));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was read or written.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 2, 5)]
    [InlineData(2, 3, 6)]
    [InlineData(3, 2, 7)]
    public void Two_connected_streams_give_the_same_results_at_any_parallelism_and_crash(int parallelism, int then, int seed) =>
        Compare(seed, parallelism, then, (job, records, sink) =>
        {
            var left = Read(job, records).KeyBy(record => record.Key);
            var right = Read(job, [.. records.Select(split => split.Where(record => record.Value % 2 == 0).ToArray())])
                .KeyBy(record => record.Key);
            left.Connect(right).Process(() => new Pairs()).To(sink);
        });

    [Theory]
    [InlineData(1, 3, 8)]
    [InlineData(2, 1, 9)]
    [InlineData(3, 2, 10)]
    public void Verbs_that_keep_state_by_key_give_the_same_results_at_any_parallelism_and_crash(int parallelism, int then, int seed) =>
        Compare(seed, parallelism, then, (job, records, sink) =>
        {
            var keyed = Read(job, records).KeyBy(record => record.Key);
            keyed.Reduce((a, b) => (a.Key, a.Value + b.Value)).Select(sum => $"sum {sum}")
                .Union(
                    keyed.Aggregate(g => $"{g.Key}: {g.Count()}"),
                    keyed.Distinct().Select(record => $"distinct {record}"),
                    keyed.TopN(3, record => record.Value).Select(change => $"top {change}"),
                    keyed.Lag(2).Select(change => $"lag {change}"),
                    keyed.Deduplicate(TimeSpan.FromMicroseconds(50)).Select(record => $"first {record}"))
                .To(sink);
        });

    [Fact]
    public void What_a_process_emits_beside_its_results_reaches_a_sink_of_its_own()
    {
        var (job, sink, odd) = (new Job("sides"), new MemorySink<string>(), new MemorySink<long>());
        var results = Read(job, [[(1, 1), (2, 2), (1, 3)]]).KeyBy(record => record.Key).Process(() => new ScriptedProcess(
            (_, value, context) =>
            {
                context.Emit($"{value}");
                if (value % 2 != 0)
                {
                    context.Emit(ProcessScript.Whole, value);
                }
            }));
        results.Side(ProcessScript.Whole).To(odd);
        results.To(sink);
        PipelineRun.Start(job, parallelism: 2).Finish(1);
        Assert.Equal(["1", "2", "3"], sink.Visible);
        Assert.Equal([1, 3], odd.Visible);
    }

    private static void Compare(
        int seed, int parallelism, int then, Action<Job, (long Key, long Value)[][], MemorySink<string>> define)
    {
        var random = new Random(seed);

        // Each key in one split: the order of its records is the same in every run.
        var records = Enumerable.Range(0, 4)
            .Select(split => Enumerable.Range(0, 150)
                .Select(_ => ((long)(split + (4 * random.Next(3))), (long)random.Next(200))).ToArray())
            .ToArray();
        var expected = Run(1, 1, seed: 0, batch: 1024, crashAfter: null);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Run(parallelism, then, seed, batch: 1 + random.Next(9), crashAfter: random.Next(20, 200)));

        List<string> Run(int before, int after, int seed, int batch, int? crashAfter)
        {
            var sink = new MemorySink<string>();
            PipelineRun? crashed = null;
            if (crashAfter is { } steps)
            {
                crashed = PipelineRun.Start(JobOf(sink), before, seed, batch);
                crashed.Steps(steps);
                crashed.Inject(1);
                Assert.True(crashed.StepUntil(() => crashed.Newest is not null));
                crashed.Complete(1);
                Assert.True(crashed.StepUntil(() => crashed.HasCommitted(1)));
                crashed.Steps(steps / 2);
            }

            PipelineRun.Start(
                JobOf(sink), after, seed, batch, attempt: 2, restoreFrom: crashed, keyGroupCount: crashed?.Plan.KeyGroupCount ?? 0)
                .Finish(9);
            return [.. sink.Visible];
        }

        Job JobOf(MemorySink<string> sink)
        {
            var job = new Job("keyed");
            define(job, records, sink);
            return job;
        }
    }

    private static Stream<(long Key, long Value)> Read(Job job, (long Key, long Value)[][] records) =>
        job.From(new MemorySource<(long Key, long Value)>(records)).WithEventTime(record => record.Value, Disorder);

    private static string Line(params long[] numbers) =>
        string.Join(' ', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    // The sum of all records of a time, once all of them are there.
    private sealed class SumsByTime : KeyedProcess<long, (long Key, long Value), string>
    {
        private MapState<long, long>? _sums = new();

        public override void OnRecord((long Key, long Value) record, ProcessContext<long, string> context)
        {
            _sums![record.Value] = _sums.GetValueOrDefault(record.Value) + 1;
            context.RegisterEventTimer(record.Value + 7);
        }

        public override void OnTimer(KeyedTimer timer, ProcessContext<long, string> context)
        {
            context.Emit(Line(context.Key, timer.Time, _sums![timer.Time - 7]));
            _sums.Remove(timer.Time - 7);
        }

        protected override void Wire(StateBinder binder) => binder.Bind("sums", ref _sums);
    }

    // The number of pairs of both streams that have one time.
    private sealed class Pairs : KeyedProcess<long, (long Key, long Value), (long Key, long Value), string>
    {
        private MapState<long, long>? _lefts = new();
        private MapState<long, long>? _rights = new();

        public override void OnLeft((long Key, long Value) record, ProcessContext<long, string> context) =>
            Add(_lefts!, record.Value, context);

        public override void OnRight((long Key, long Value) record, ProcessContext<long, string> context) =>
            Add(_rights!, record.Value, context);

        public override void OnTimer(KeyedTimer timer, ProcessContext<long, string> context)
        {
            context.Emit(Line(
                context.Key, timer.Time, _lefts!.GetValueOrDefault(timer.Time), _rights!.GetValueOrDefault(timer.Time)));
            _lefts.Remove(timer.Time);
            _rights.Remove(timer.Time);
        }

        protected override void Wire(StateBinder binder)
        {
            binder.Bind("lefts", ref _lefts);
            binder.Bind("rights", ref _rights);
        }

        private static void Add(MapState<long, long> counts, long time, ProcessContext<long, string> context)
        {
            counts[time] = counts.GetValueOrDefault(time) + 1;
            context.RegisterEventTimer(time);
        }
    }
}
