using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Sinks;
using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Tests.Operators.Sinks;

/// <summary>Sinks that write at least once.</summary>
public sealed class DirectSinkTests
{
    [Fact]
    public void The_job_knows_while_a_sink_waits_for_whoever_takes_its_records()
    {
        var job = TestJob.Context("job", new StartedWork());
        var writer = new Waiting();
        var sink = new DirectSink<int>(writer, "to", "a reader", new SubtaskContext(job, 0, 0, 1));
        Assert.Null(job.Takers.Until(5));

        var batch = new Batch<int>(1);
        batch.Add(1);
        sink.OnBatch(batch);
        sink.Poll();
        Assert.Equal(5, job.Takers.Until(5));
        Assert.False(sink.MayWrite);

        writer.Taken.SetResult();
        sink.Poll();
        Assert.NotEqual(5, Assert.NotNull(job.Takers.Until(5)));
        Assert.True(sink.MayWrite);
    }

    private sealed class Waiting : SinkWriter<int>
    {
        private bool _hasBacklog;

        public TaskCompletionSource Taken { get; } = new();

        public override bool HasBacklog => _hasBacklog;

        public override void Write(Batch<int> batch) => _hasBacklog = true;

        public override async ValueTask DrainAsync(CancellationToken cancellation)
        {
            await Taken.Task;
            _hasBacklog = false;
        }
    }

    /// <summary>Work that is begun at once and ends when it does.</summary>
    private sealed class StartedWork : IWorkPool
    {
        public Pending<T> Run<T>(string name, Func<CancellationToken, ValueTask<T>> work)
        {
            var pending = new Pending<T>();
            _ = CompleteAsync();
            return pending;

            async Task CompleteAsync() => pending.Complete(await work(CancellationToken.None));
        }
    }
}
