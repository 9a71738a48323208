namespace Weir.Runtime.Tests.Sequences;

/// <summary>Streams that are read by <c>await foreach</c>.</summary>
public sealed class ReadAsyncTests
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 5000)];
    private static readonly JobOptions Once = new() { RestartStrategy = RestartStrategy.None };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_record_comes_once_and_in_order()
    {
        var job = new Job("read");
        Assert.Equal(Numbers, await job.ReadAsync(job.From(Numbers), Once).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Enumerating_again_runs_the_job_again()
    {
        var job = new Job("read");
        var records = job.ReadAsync(job.From(Numbers), Once);
        Assert.Equal(Numbers, await records.ToListAsync(Cancellation));
        Assert.Equal(Numbers, await records.ToListAsync(Cancellation));
    }

    [Fact]
    public async Task The_token_that_it_is_given_stops_the_job()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var isDisposed = false;
        var job = new Job("read");
        var read = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var number in job.ReadAsync(job.From(Endless(() => isDisposed = true)), Once, stop.Token))
            {
                if (++read == 2000)
                {
                    await stop.CancelAsync();
                }
            }
        });
        Assert.True(isDisposed);
    }

    [Fact]
    public async Task Leaving_the_loop_stops_the_job_and_lets_its_source_go()
    {
        var isDisposed = false;
        var job = new Job("read");
        await foreach (var number in job.ReadAsync(job.From(Endless(() => isDisposed = true)), Once).WithCancellation(Cancellation))
        {
            if (number == 2000)
            {
                break;
            }
        }

        Assert.True(isDisposed);
    }

    [Fact]
    public async Task A_reader_who_stops_holds_the_job_back()
    {
        var made = 0L;
        var job = new Job("read");
        var records = job.ReadAsync(job.From(Counted()), Once).GetAsyncEnumerator(Cancellation);
        for (var number = 0; number < 20_000; number++)
        {
            Assert.True(await records.MoveNextAsync());
            Assert.True(Volatile.Read(ref made) - number < 10_000, $"{made} records were made for {number} that were read");
        }

        await records.DisposeAsync();

        IEnumerable<long> Counted()
        {
            for (var next = 0L; ; next++)
            {
                Volatile.Write(ref made, next);
                yield return next;
            }
        }
    }

    [Fact]
    public async Task What_the_job_fails_with_is_thrown_behind_the_records_before_it()
    {
        var seen = new List<int>();
        var job = new Job("read");
        var records = job.From(Numbers).Select(static number => number == 2048 ? throw new FormatException("bad") : number);
        var failure = await Assert.ThrowsAsync<JobException>(async () =>
        {
            await foreach (var number in job.ReadAsync(records, Once).WithCancellation(Cancellation))
            {
                seen.Add(number);
            }
        });
        Assert.Contains("bad", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Numbers[..2048], seen);
    }

    [Fact]
    public async Task Cancelling_the_enumeration_cancels_the_job()
    {
        using var stop = new CancellationTokenSource();
        var isDisposed = false;
        var job = new Job("read");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var number in job.ReadAsync(job.From(Endless(() => isDisposed = true)), Once).WithCancellation(stop.Token))
            {
                if (number == 10)
                {
                    await stop.CancelAsync();
                }
            }
        });
        Assert.True(isDisposed);
    }

    [Fact]
    public async Task Two_readers_at_the_same_time_are_refused()
    {
        var job = new Job("read");
        var records = job.ReadAsync(job.From(Numbers), Once);
        await using var first = records.GetAsyncEnumerator(Cancellation);
        Assert.True(await first.MoveNextAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => records.ToListAsync(Cancellation).AsTask());
    }

    [Fact]
    public void A_stream_of_another_job_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Job("one").ReadAsync(new Job("two").From(Numbers)));

    [Fact]
    public async Task A_job_that_is_run_without_its_reader_says_so()
    {
        var job = new Job("read");
        _ = job.ReadAsync(job.From(Numbers), Once);
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(cancellation: Cancellation));
        Assert.Contains("Enumerate what ReadAsync returned", failure.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<int> Endless(Action disposed)
    {
        try
        {
            for (var number = 0; ; number++)
            {
                yield return number;
            }
        }
        finally
        {
            disposed();
        }
    }
}
