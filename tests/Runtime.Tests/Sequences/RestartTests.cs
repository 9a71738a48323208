using System.Threading.Channels;

namespace Weir.Runtime.Tests.Sequences;

/// <summary>What becomes of sequences when an attempt fails, a run ends, or another process goes on.</summary>
public sealed class RestartTests
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 20_000)];
    private static readonly JobOptions Twice = new()
    {
        RestartStrategy = RestartStrategy.FixedDelay(3, TimeSpan.Zero),
        BatchCapacity = 100,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, Func<Job, Stream<int>>> Replayed => new()
    {
        { "list", static job => job.From(Numbers.ToList()) },
        { "array", static job => job.From(Numbers) },
        { "function", static job => job.From(static () => Numbers.Where(static _ => true)) },
        { "function of a position", static job => job.From(static from => Numbers.Skip((int)from)) },
        { "async function", static job => job.From(static () => YieldAsync(Numbers)) },
        { "generated", static job => job.From(Generate.Records(static index => (int)index).Take(20_000)) },
    };

    [Theory]
    [MemberData(nameof(Replayed))]
    public async Task What_can_be_read_again_is_read_exactly_once_over_failures_and_checkpoints(string form, Func<Job, Stream<int>> from)
    {
        var sink = new MemorySink<int>();
        var failures = new HashSet<int> { 5000, 15_000 };
        var job = new Job("restart");
        from(job).Select(number => failures.Remove(number) ? throw new InvalidOperationException($"at {number}") : number).To(sink);
        var result = await job.RunAsync(Twice with { CheckpointInterval = TimeSpan.FromMilliseconds(1) }, Cancellation);
        Assert.Equal(2, result.Restarts);
        Assert.Equal(Numbers, sink.Visible);
        Assert.Empty(failures);
        Assert.NotEmpty(form);
    }

    [Fact]
    public async Task A_sequence_that_is_read_once_goes_on_after_a_failure_and_loses_what_no_checkpoint_covers()
    {
        var enumerations = 0;
        var seen = new List<int>();
        var hasFailed = false;
        var job = new Job("restart");
        job.From(Counted()).Select(number => number == 10_000 && !hasFailed && (hasFailed = true)
            ? throw new InvalidOperationException("once") : number).To(seen.Add);
        await job.RunAsync(Twice, Cancellation);
        Assert.Equal(1, enumerations);
        Assert.Equal(seen.Distinct(), seen);
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(19_999, seen[^1]);
        Assert.DoesNotContain(10_000, seen);

        IEnumerable<int> Counted()
        {
            enumerations++;
            foreach (var number in Numbers)
            {
                yield return number;
            }
        }
    }

    [Fact]
    public async Task A_sequence_that_throws_names_operator_and_record_and_is_not_taken_for_ended()
    {
        var sink = new MemorySink<int>();
        var job = new Job("restart");
        job.From(Broken()).Id("numbers").To(sink);
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(Twice, Cancellation));
        Assert.Contains("'numbers'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("offset 300", failure.Message, StringComparison.Ordinal);
        Assert.Contains("bad luck", failure.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read again", failure.Message, StringComparison.Ordinal);
        Assert.Empty(sink.Committed);

        static IEnumerable<int> Broken()
        {
            foreach (var number in Numbers[..300])
            {
                yield return number;
            }

            throw new FormatException("bad luck");
        }
    }

    [Fact]
    public async Task A_sequence_that_can_be_made_again_is_after_it_has_thrown()
    {
        var attempts = 0;
        var disposed = 0;
        var sink = new MemorySink<int>();
        var job = new Job("restart");
        job.From(Make).To(sink);
        var result = await job.RunAsync(Twice, Cancellation);
        Assert.Equal(1, result.Restarts);
        Assert.Equal(Numbers[..300], sink.Committed);
        Assert.Equal(2, disposed);

        IEnumerable<int> Make()
        {
            var attempt = ++attempts;
            try
            {
                foreach (var number in Numbers[..300])
                {
                    yield return number == 200 && attempt == 1 ? throw new FormatException("once") : number;
                }
            }
            finally
            {
                disposed++;
            }
        }
    }

    [Fact]
    public async Task A_list_and_a_sequence_with_fewer_records_than_the_checkpoint_covers_are_refused()
    {
        foreach (var define in new Action<Job, int>[]
        {
            static (job, count) => job.From(Numbers[..count]).To(static _ => { }),
            static (job, count) => job.From(() => Numbers[..count].Where(static _ => true)).To(static _ => { }),
        })
        {
            var store = new MemoryCheckpointStore();
            var stop = new CancellationTokenSource();
            var first = new Job("shrinks");
            define(first, 1000);
            var options = new JobOptions
            {
                CheckpointStore = store,
                CheckpointInterval = TimeSpan.FromMilliseconds(1),
                MaxRecordsPerSecond = 1000,
                BatchCapacity = 1,
                OnEvent = told =>
                {
                    if (told is JobEvent.CheckpointCompleted { Checkpoint.Id.Value: > 3 })
                    {
                        stop.Cancel();
                    }
                },
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.RunAsync(options, stop.Token));
            var second = new Job("shrinks");
            define(second, 0);
            var failure = await Assert.ThrowsAsync<JobException>(() => second.RunAsync(
                new JobOptions { CheckpointStore = store }, Cancellation));
            Assert.Contains("The checkpoint stands behind record", failure.Message, StringComparison.Ordinal);
            stop.Dispose();
        }
    }

    [Fact]
    public async Task A_sequence_that_is_read_once_is_not_read_by_a_second_run()
    {
        var job = new Job("restart");
        job.From(Numbers.Where(static _ => true)).To(static _ => { });
        await job.RunAsync(cancellation: Cancellation);
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(cancellation: Cancellation));
        Assert.Contains("has been read by an earlier run", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_had_ended_says_that_it_does_not_read_a_new_channel_in_the_place_of_the_old()
    {
        var store = new MemoryCheckpointStore();
        var (seen, warnings) = (new List<int>(), new List<string>());
        for (var run = 1; run <= 2; run++)
        {
            var channel = Channel.CreateUnbounded<int>();
            channel.Writer.TryWrite(run);
            channel.Writer.Complete();
            var job = new Job("ended");
            job.From(channel.Reader).To(seen.Add);
            await job.RunAsync(
                new JobOptions
                {
                    CheckpointStore = store,
                    OnEvent = told => warnings.AddRange(told is JobEvent.Warning(var message, _) ? [message] : []),
                },
                Cancellation);
            Assert.Equal(run - 1, warnings.Count(warning => warning.Contains("all its sources had ended", StringComparison.Ordinal)));
        }

        Assert.Equal([1], seen);
    }

    [Fact]
    public async Task A_channel_that_is_completed_with_a_failure_ends_the_job_behind_its_records()
    {
        var channel = Channel.CreateUnbounded<int>();
        channel.Writer.TryWrite(1);
        channel.Writer.Complete(new FormatException("bad luck"));
        var seen = new List<int>();
        var job = new Job("restart");
        job.From(channel.Reader).To(seen.Add);
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(cancellation: Cancellation));
        Assert.Contains("bad luck", failure.Message, StringComparison.Ordinal);
        Assert.Equal([1], seen);
    }

    [Fact]
    public async Task A_job_that_asks_for_exactly_once_does_not_start_with_what_is_read_once()
    {
        foreach (var from in new Func<Job, Stream<int>>[]
        {
            static job => job.From(Numbers.Where(static _ => true)),
            static job => job.From(YieldAsync(Numbers)),
            static job => job.From(Channel.CreateUnbounded<int>().Reader),
            static job => job.From(new Pushed(Numbers), 1, OnOverflow.Block),
        })
        {
            var job = new Job("restart");
            from(job).To(new Transactional());
            var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(
                new JobOptions { Guarantee = Guarantee.ExactlyOnce }, Cancellation));
            Assert.Contains("cannot read records again", failure.Message, StringComparison.Ordinal);
        }
    }

    private static async IAsyncEnumerable<int> YieldAsync(IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
        {
            if (number % 999 == 0)
            {
                await Task.Yield();
            }

            yield return number;
        }
    }

    private sealed class Transactional : ITransactionalSink<int>
    {
        private readonly MemorySink<int> _sink = new();

        public string Description => _sink.Description;

        public ISinkWriter<int> Open(SinkContext context) => _sink.Open(context);
    }
}
