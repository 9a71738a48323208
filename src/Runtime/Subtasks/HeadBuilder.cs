using Weir.Graph;
using Weir.Runtime.Channels;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Sources;
using Weir.Runtime.Planning;
using Weir.Runtime.State;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Subtasks;

/// <summary>Builds the head of one subtask.</summary>
internal static class HeadBuilder
{
    /// <summary>A gate over the channels of the chain's input edges.</summary>
    public static IHead Gate(
        IReadOnlyList<EdgePlan> inputs,
        IReadOnlyList<EdgeChannels> edges,
        SubtaskContext subtask,
        object receiver,
        Action<CheckpointId, AbortReason> onAborted) =>
        inputs[0].Sender.Accept(new GateCall([.. inputs.Select(edge => edges[edge.Index])], subtask, receiver, onAborted));

    /// <summary>A source operator; stateful, and first in the chain.</summary>
    public static (IHead Head, IStatefulOperator Operator) Source(Stage from, SubtaskSettings settings, SubtaskContext subtask, object receiver) =>
        from.Outputs[0].Accept(new SourceCall(from, settings, subtask, receiver));

    private sealed class GateCall(
        IReadOnlyList<EdgeChannels> edges,
        SubtaskContext subtask,
        object receiver,
        Action<CheckpointId, AbortReason> onAborted) : ITypedCall<IHead>
    {
        public IHead Of<T>() => new InputGate<T>(
            [.. edges.Cast<EdgeChannels<T>>().SelectMany(edge => edge.ChannelsTo(subtask.Index))],
            subtask.Lanes,
            (Receiver<T>)receiver,
            onAborted);
    }

    private sealed class SourceCall(Stage from, SubtaskSettings settings, SubtaskContext subtask, object receiver) : ITypedCall<(IHead, IStatefulOperator)>
    {
        public (IHead, IStatefulOperator) Of<T>() => ((FromStage<T>)from).Source.Accept(new Maker<T>(from.Id, settings, subtask, (Receiver<T>)receiver));
    }

    private sealed class Maker<T>(string id, SubtaskSettings settings, SubtaskContext subtask, Receiver<T> next)
        : ISourceVisitor<T, (IHead, IStatefulOperator)>
    {
        public (IHead, IStatefulOperator) Visit<TSplit>(Source<T, TSplit> source)
        {
            var me = new SubtaskId(subtask.Chain, subtask.Index);
            var own = new SourceSettings(
                settings.Job,
                id,
                settings.Time,
                settings.RecordsPerSecond / subtask.Parallelism,
                message => settings.Reports.Post(new SubtaskReport.Warned(me, message)));
            var made = new SourceOperator<T, TSplit>(source, own, subtask, next);
            return (made, made);
        }
    }
}
