using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Sinks;
using Weir.Runtime.State.Handles;

namespace Weir.Runtime.Subtasks;

/// <summary>Opens the sinks of all subtasks, whatever their kind.</summary>
internal sealed class SinkOpener
{
    private readonly List<ISinkOperator> _sinks = [];

    /// <summary>Closes what was opened, because what should follow it cannot be built. Blocks: nothing has been written yet.</summary>
    public void Close()
    {
        foreach (var sink in _sinks)
        {
            try
            {
                sink.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
#pragma warning disable CA1031 // Why the job cannot be built matters more than what could not be closed.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }

    public object Open<T>(ToStage<T> stage, SpanContext context)
    {
        var (subtask, job) = (context.Subtask, context.Subtask.Job);
        var lists = new StoredLists(stage.Id, "when the writer is opened", job.Seed);
        var writer = stage.Sink.Open(new SinkContext(job.Name, stage.Id, subtask.Index, job.Attempt, job.RunId, job.Time)
        {
            RetainedCheckpoints = job.RetainedCheckpoints,
            CallTimeout = job.Limit.Limit,
            Warn = job.Warn,
            Meter = job.Meter,
            BeginsWithSavepoint = job.BeginsWithSavepoint,
            Arbiter = job.Arbiter,
            Lists = lists,
        });
        lists.Complete();
        var (receiver, driven) = writer.Accept(new Kind<T>(stage.Id, stage.Sink.Description, subtask, lists));
        _sinks.Add(context.Own(driven));
        return receiver;
    }

    private sealed class Kind<T>(string id, string description, SubtaskContext subtask, StoredLists lists)
        : ISinkVisitor<T, (object Receiver, ISinkOperator Driven)>
    {
        public (object Receiver, ISinkOperator Driven) Visit(SinkWriter<T> writer)
        {
            var direct = new DirectSink<T>(writer, id, description, subtask, lists);
            return (direct, direct);
        }

        public (object Receiver, ISinkOperator Driven) Visit<TTransaction>(TwoPhaseCommitSink<T, TTransaction> transactional)
        {
            var driven = new TransactionalSink<T, TTransaction>(transactional, id, description, subtask, lists);
            return (driven, driven);
        }
    }
}
