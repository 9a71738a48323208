using System.Collections.Immutable;
using System.Threading.Channels;

namespace Weir.Runtime.Tests.Sequences;

/// <summary>Streams that begin at what a program has at hand.</summary>
public sealed class FromTests
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 5000)];

    public static TheoryData<string, Func<Job, Stream<int>>> Forms => new()
    {
        { "array", static job => job.From(Numbers) },
        { "collection expression", static job => job.From([.. Numbers]) },
        { "list", static job => job.From(Numbers.ToList()) },
        { "immutable array", static job => job.From(Numbers.ToImmutableArray()) },
        { "read-only list", static job => job.From((IReadOnlyList<int>)Numbers.ToList().AsReadOnly()) },
        { "list behind IEnumerable", static job => job.From((IEnumerable<int>)Numbers) },
        { "query", static job => job.From(Numbers.Where(static number => number >= 0)) },
        { "iterator", static job => job.From(Iterate()) },
        { "function", static job => job.From(Iterate) },
        { "function of a position", static job => job.From(static from => Numbers.Skip((int)from)) },
        { "async iterator", static job => job.From(IterateAsync()) },
        { "async function", static job => job.From(() => IterateAsync()) },
        { "async function of a position", static job => job.From(static from => IterateAsync(from)) },
        { "channel", static job => job.From(Filled()) },
        { "observable", static job => job.From(new Pushed(Numbers), 16, OnOverflow.Block) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_form_of_From_gives_each_record_once_and_in_order(string form, Func<Job, Stream<int>> from)
    {
        var sink = new MemorySink<int>();
        var job = new Job("from");
        from(job).To(sink);
        var result = await job.RunAsync(new JobOptions { RestartStrategy = RestartStrategy.None }, TestContext.Current.CancellationToken);
        Assert.Equal(Numbers, sink.Committed);
        Assert.True(result.RecordsIn == Numbers.Length, form);
    }

    [Fact]
    public async Task Nothing_is_a_stream_without_records()
    {
        var sink = new MemorySink<int>();
        var job = new Job("from");
        job.From(Array.Empty<int>()).Union(job.From(Enumerable.Empty<int>().Where(static _ => true)), job.From(ImmutableArray<int>.Empty))
            .To(sink);
        await job.RunAsync(cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(sink.Committed);
    }

    [Fact]
    public async Task Null_is_a_record_as_any_other()
    {
        var sink = new MemorySink<string?>();
        var job = new Job("from");
        job.From(new[] { "a", null, "b" }).To(sink);
        await job.RunAsync(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["a", null, "b"], sink.Committed);
    }

    [Fact]
    public void An_immutable_array_that_was_never_made_is_refused_when_it_is_given() =>
        Assert.Contains("not the empty one", Assert.Throws<ArgumentException>(
            () => new Job("from").From(default(ImmutableArray<int>))).Message);

    private static IEnumerable<int> Iterate()
    {
        foreach (var number in Numbers)
        {
            yield return number;
        }
    }

    private static async IAsyncEnumerable<int> IterateAsync(long from = 0)
    {
        foreach (var number in Numbers.Skip((int)from))
        {
            if (number % 700 == 0)
            {
                await Task.Yield();
            }

            yield return number;
        }
    }

    private static ChannelReader<int> Filled()
    {
        var channel = Channel.CreateUnbounded<int>();
        foreach (var number in Numbers)
        {
            channel.Writer.TryWrite(number);
        }

        channel.Writer.Complete();
        return channel.Reader;
    }
}
