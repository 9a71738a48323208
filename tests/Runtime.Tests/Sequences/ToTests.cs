using System.Globalization;
using System.Threading.Channels;

namespace Weir.Runtime.Tests.Sequences;

/// <summary>Streams that end in what a program has at hand.</summary>
public sealed class ToTests
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 5000)];
    private static readonly JobOptions Once = new() { RestartStrategy = RestartStrategy.None };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_action_has_each_record_in_order()
    {
        var seen = new List<int>();
        var job = new Job("to");
        job.From(Numbers).To(seen.Add);
        await job.RunAsync(Once, Cancellation);
        Assert.Equal(Numbers, seen);
    }

    [Fact]
    public async Task An_asynchronous_function_is_awaited_before_the_next_record()
    {
        var seen = new List<int>();
        var open = 0;
        var job = new Job("to");
        job.From(Numbers).To(async number =>
        {
            Assert.Equal(1, Interlocked.Increment(ref open));
            await Task.Yield();
            seen.Add(number);
            Interlocked.Decrement(ref open);
        });
        await job.RunAsync(Once, Cancellation);
        Assert.Equal(Numbers, seen);
    }

    [Fact]
    public async Task Subtasks_take_turns_at_a_function()
    {
        var seen = new List<int>();
        var job = new Job("to");
        job.From(Generate.Records(static index => (int)index).Take(5000)).To((number, _) =>
        {
            seen.Add(number);
            return ValueTask.CompletedTask;
        });
        await job.RunAsync(Once with { Parallelism = 3, BatchCapacity = 7 }, Cancellation);
        Assert.Equal(Numbers, seen.Order());
    }

    [Fact]
    public async Task A_function_that_throws_fails_the_job_with_the_operators_name()
    {
        var job = new Job("to");
        job.From(Numbers).To(static number => throw new InvalidOperationException($"not {number}"));
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(Once, Cancellation));
        Assert.Contains("'To-1'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("not 0", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_throws_again_and_again_ends_the_job()
    {
        var calls = 0;
        var job = new Job("to");
        job.From(Numbers).To(_ =>
        {
            calls++;
            throw new InvalidOperationException("never");
        });
        var options = Once with { RestartStrategy = RestartStrategy.FixedDelay(100, TimeSpan.Zero) };
        await Assert.ThrowsAsync<JobException>(() => job.RunAsync(options, Cancellation));
        Assert.Equal(options.RepeatedFailureLimit, calls);
    }

    [Fact]
    public async Task After_a_failure_a_function_has_the_records_since_the_checkpoint_again()
    {
        var seen = new List<int>();
        var hasFailed = false;
        var job = new Job("to");
        job.From(Numbers).To(number =>
        {
            if (number == 3000 && !hasFailed)
            {
                hasFailed = true;
                throw new InvalidOperationException("once");
            }

            seen.Add(number);
        });
        await job.RunAsync(Once with { RestartStrategy = RestartStrategy.FixedDelay(1, TimeSpan.Zero) }, Cancellation);
        Assert.Equal([.. Numbers[..3000], .. Numbers], seen);
    }

    [Fact]
    public async Task A_full_channel_holds_the_job_back_and_is_completed_at_its_end()
    {
        var channel = Channel.CreateBounded<int>(2);
        var job = new Job("to");
        job.From(Numbers).To(channel.Writer);
        var running = job.RunAsync(Once, Cancellation);
        var seen = new List<int>();
        await foreach (var number in channel.Reader.ReadAllAsync(Cancellation))
        {
            Assert.True(channel.Reader.Count <= 2);
            seen.Add(number);
        }

        await running;
        Assert.Equal(Numbers, seen);
    }

    [Fact]
    public async Task A_failure_of_the_job_is_passed_on_to_the_channel()
    {
        var channel = Channel.CreateUnbounded<int>();
        var job = new Job("to");
        job.From(Numbers).Select(static number => number == 4000 ? throw new FormatException("bad") : number).To(channel.Writer);
        await Assert.ThrowsAsync<JobException>(() => job.RunAsync(Once, Cancellation));
        await Assert.ThrowsAsync<JobException>(() => channel.Reader.ReadAllAsync(Cancellation).ToListAsync(Cancellation).AsTask());
    }

    [Fact]
    public async Task A_job_that_is_cancelled_cancels_its_channel()
    {
        using var stop = new CancellationTokenSource();
        var channel = Channel.CreateBounded<int>(1);
        var job = new Job("to");
        job.From(Endless()).To(channel.Writer);
        var running = job.RunAsync(Once, stop.Token);
        Assert.Equal(0, await channel.Reader.ReadAsync(Cancellation));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => channel.Reader.ReadAllAsync(Cancellation).ToListAsync(Cancellation).AsTask());
    }

    [Fact]
    public async Task A_channel_that_somebody_else_completed_ends_the_job_for_good()
    {
        var channel = Channel.CreateUnbounded<int>();
        channel.Writer.Complete();
        var job = new Job("to");
        job.From(Numbers).To(channel.Writer);
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(cancellation: Cancellation));
        Assert.Contains("completed by somebody else", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_are_formatted_in_the_invariant_culture()
    {
        // Flows to the threads of the job.
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = culture;
        using var writer = new StringWriter();
        var job = new Job("to");
        var prices = job.From([new Price("a", 1.5), new Price("b", 2.25)]);
        prices.To(StandardOutput.Lines<Price>(writer: writer));
        using var formatted = new StringWriter();
        prices.To(StandardOutput.Lines<Price>(static price => $"{price.Name}: {price.Amount:0.00}", formatted));
        using var numbers = new StringWriter();
        prices.Select(static price => price.Amount).To(StandardOutput.Lines<double>(writer: numbers));
        await job.RunAsync(Once, Cancellation);
        Assert.Equal("Price { Name = a, Amount = 1.5 }\nPrice { Name = b, Amount = 2.25 }\n", writer.ToString());
        Assert.Equal("a: 1.50\nb: 2.25\n", formatted.ToString());
        Assert.Equal("1.5\n2.25\n", numbers.ToString());
        Assert.Equal("1,5", $"{1.5}");
    }

    private static IEnumerable<int> Endless()
    {
        for (var number = 0; ; number++)
        {
            yield return number;
        }
    }

    private sealed record Price(string Name, double Amount);
}
