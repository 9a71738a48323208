using Weir.Runtime.Planning;

namespace Weir.Runtime.Tests.Planning;

public sealed class GuaranteeChecksTests
{
    [Fact]
    public void Exactly_once_refuses_a_sink_that_promises_nothing()
    {
        var job = new Job("a");
        job.From(new MemorySource<int>([1])).To(new MemorySink<int>());
        var refusal = Assert.Throws<PlanException>(() => GuaranteeChecks.Check(job.Graph, Guarantee.ExactlyOnce));
        Assert.Contains("'To-1' cannot give it: its sink (a list in memory)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exactly_once_refuses_a_source_that_cannot_read_again()
    {
        var job = new Job("a");
        job.From<int>(new Socket()).To(new Upsert());
        var refusal = Assert.Throws<PlanException>(() => GuaranteeChecks.Check(job.Graph, Guarantee.ExactlyOnce));
        Assert.Contains("'From-1' cannot give it: its source (a socket)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exactly_once_takes_what_promises_it()
    {
        var job = new Job("a");
        job.From(new MemorySource<int>([1])).To(new Upsert());
        GuaranteeChecks.Check(job.Graph, Guarantee.ExactlyOnce);
    }

    [Fact]
    public void At_least_once_takes_anything()
    {
        var job = new Job("a");
        job.From<int>(new Socket()).To(new MemorySink<int>());
        GuaranteeChecks.Check(job.Graph, Guarantee.AtLeastOnce);
    }

    [Fact]
    public async Task A_job_that_asks_for_it_does_not_start()
    {
        var job = new Job("a");
        job.From(new MemorySource<int>([1])).To(new MemorySink<int>());
        var failure = await Assert.ThrowsAnyAsync<Exception>(() =>
            job.RunAsync(new JobOptions { Guarantee = Guarantee.ExactlyOnce }, TestContext.Current.CancellationToken));
        Assert.Contains("The job asks for exactly once", failure.ToString(), StringComparison.Ordinal);
    }

    private sealed class Socket : Source<int, int>, IUnreplayableSource
    {
        public override string Description => "a socket";

        public override Codec<int> SplitCodec => Codecs.Of<int>();

        public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public override Offset StartOf(int split) => throw new NotSupportedException();

        public override ISplitReader<int> Open(int split, Offset offset, SourceContext context) => throw new NotSupportedException();
    }

    private sealed class Upsert : IIdempotentSink<int>
    {
        public string Description => "a table";

        public ISinkWriter<int> Open(SinkContext context) => throw new NotSupportedException();
    }
}
