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
        ChainPlan chain,
        IReadOnlyList<EdgeChannels> edges,
        SubtaskContext subtask,
        object receiver,
        Action<CheckpointId, AbortReason> onAborted) =>
        chain.Inputs[0].Sender.Accept(new GateCall(
            chain,
            [.. chain.Inputs.Select(edge => edges[edge.Index])],
            chain.Stages[0].ConnectsInputs,
            subtask,
            receiver,
            onAborted));

    /// <summary>A source operator; stateful, and first in the chain.</summary>
    public static (IHead Head, IStatefulOperator Operator) Source(
        ChainPlan chain, SubtaskContext subtask, SplitBoards boards, object receiver) =>
        chain.Stages[0].Outputs[0].Accept(new SourceCall(chain, subtask, boards, receiver));

    private sealed class GateCall(
        ChainPlan chain,
        IReadOnlyList<EdgeChannels> edges,
        bool areApart,
        SubtaskContext subtask,
        object receiver,
        Action<CheckpointId, AbortReason> onAborted) : ITypedCall<IHead>
    {
        public IHead Of<T>()
        {
            var job = subtask.Job;
            return new InputGate<T>(new GateParts<T>(
                chain.Stages[0].Id,
                [.. edges.Cast<EdgeChannels<T>>().Select(edge => edge.EdgeTo(subtask))],
                subtask.Lanes,
                new HeadGuard<T>(chain, (Receiver<T>)receiver),
                onAborted)
            {
                AreApart = areApart,
                Blocks = job.BarriersBlock,
                CatchesUp = job.InFlight.Count > 0,
                Index = subtask.Index,
                Parallelism = subtask.Parallelism,
                KeyGroupCount = job.KeyGroupCount,
                BatchCapacity = job.BatchCapacity,
            });
        }
    }

    private sealed class SourceCall(ChainPlan chain, SubtaskContext subtask, SplitBoards boards, object receiver)
        : ITypedCall<(IHead, IStatefulOperator)>
    {
        public (IHead, IStatefulOperator) Of<T>()
        {
            var from = (FromStage<T>)chain.Stages[0];
            var parts = new SourceParts<T>(from.Id, from.WantsTimes, new HeadGuard<T>(chain, (Receiver<T>)receiver))
            {
                Outlets = receiver as SourceOutlets<T>,
            };
            return from.Source.Accept(new Maker<T>(parts, subtask, boards));
        }
    }

    private sealed class Maker<T>(SourceParts<T> parts, SubtaskContext subtask, SplitBoards boards)
        : ISourceVisitor<T, (IHead, IStatefulOperator)>
    {
        public (IHead, IStatefulOperator) Visit<TSplit>(Source<T, TSplit> source)
        {
            var board = boards.Of<TSplit>(parts.Id, subtask.Parallelism, source.Order);
            var made = new SourceOperator<T, TSplit>(source, parts, subtask, board);
            return (made, made);
        }
    }
}
