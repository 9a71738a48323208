using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Sinks;

namespace Weir.Runtime.Subtasks;

/// <summary>Opens the sinks of all subtasks, whatever their kind.</summary>
internal sealed class SinkOpener(SubtaskSettings settings)
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
        var writer = stage.Sink.Open(
            new SinkContext(settings.Job, stage.Id, context.Subtask.Index, settings.Attempt, settings.RunId, settings.Time)
            {
                RetainedCheckpoints = settings.RetainedCheckpoints,
                Warn = settings.Warn,
            });
        var sink = new SinkSettings(
            settings.Job, stage.Id, context.Subtask.Index, stage.Sink.Description, settings.Limit, context.Subtask.Counters);
        var (receiver, driven) = writer.Accept(new Kind<T>(sink, settings));
        _sinks.Add(context.Own(driven));
        return receiver;
    }

    private sealed class Kind<T>(SinkSettings sink, SubtaskSettings settings) : ISinkVisitor<T, (object Receiver, ISinkOperator Driven)>
    {
        public (object Receiver, ISinkOperator Driven) Visit(SinkWriter<T> writer)
        {
            var direct = new DirectSink<T>(writer, sink, settings.Work);
            return (direct, direct);
        }

        public (object Receiver, ISinkOperator Driven) Visit<TTransaction>(TwoPhaseCommitSink<T, TTransaction> transactional)
        {
            var driven = new TransactionalSink<T, TTransaction>(transactional, sink, settings.Work);
            return (driven, driven);
        }
    }
}
