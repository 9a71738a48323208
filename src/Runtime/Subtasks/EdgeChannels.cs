using System.Globalization;
using Weir.Graph;
using Weir.Runtime.Channels;
using Weir.Runtime.Kernels;
using Weir.Runtime.Planning;
using Weir.Runtime.State;

namespace Weir.Runtime.Subtasks;

/// <summary>The channels of one edge: one from each sender to each receiver, or to the one with the same index.</summary>
internal abstract class EdgeChannels
{
    /// <summary>Makes the channels of an edge.</summary>
    public static EdgeChannels Of(EdgePlan edge, JobPlan plan, ChainLineage lineages, JobContext job) =>
        edge.Sender.Accept(new Maker(edge, plan, lineages, job));

    /// <summary>The sending end in one subtask: an exchange of the records' type.</summary>
    public abstract IOutput Output(SubtaskContext sender);

    private sealed class Maker(EdgePlan edge, JobPlan plan, ChainLineage lineages, JobContext job) : ITypedCall<EdgeChannels>
    {
        public EdgeChannels Of<T>() => new EdgeChannels<T>(edge, plan, lineages, job);
    }
}

/// <inheritdoc cref="EdgeChannels"/>
internal sealed class EdgeChannels<T> : EdgeChannels
{
    private readonly EdgePlan _edge;
    private readonly IKeying<T>? _keying;
    private readonly bool _tellsLanes;

    // [sender][receiver]; of a forward edge only the diagonal.
    private readonly Channel<T>?[][] _channels;

    public EdgeChannels(EdgePlan edge, JobPlan plan, ChainLineage lineages, JobContext job)
    {
        var (senders, receivers) = (plan.Chains[edge.From].Parallelism, plan.Chains[edge.To].Parallelism);
        var lineage = lineages.Of(edge.From);
        _edge = edge;
        _keying = KeyingOf(edge, plan.Chains[edge.To].Stages[0]);
        _tellsLanes = !edge.IsTimed && lineages.AssignsTimes(edge.To);
        _channels = new Channel<T>?[senders][];
        for (var sender = 0; sender < senders; sender++)
        {
            _channels[sender] = new Channel<T>?[receivers];
            for (var receiver = 0; receiver < receivers; receiver++)
            {
                if (edge.Kind != EdgeKind.Forward || sender == receiver)
                {
                    // The receiver too: a restored clock sees what all subtasks wrote, and must not take a neighbour's lane for its own.
                    var name = string.Create(
                        CultureInfo.InvariantCulture, $"{edge.Sender}/{edge.Index}/{sender} of {lineage} to {receiver} of {receivers}");
                    _channels[sender][receiver] =
                        new Channel<T>(name, job.ChannelCapacity, job.BatchCapacity, job.ChannelCapacityBytes);
                }
            }
        }
    }

    public override IOutput Output(SubtaskContext sender)
    {
        Channel<T>[] channels = [.. _channels[sender.Index].OfType<Channel<T>>()];
        int[] receivers = [.. Enumerable.Range(0, _channels[sender.Index].Length).Where(to => _channels[sender.Index][to] is not null)];
        var inFlight = _edge.IsInLine ? null : new SentInFlight<T>(_edge.Name, channels, receivers);
        var lanes = _tellsLanes ? sender.Lanes : null;
        return _edge.Kind switch
        {
            EdgeKind.Hash => new HashExchange<T>(
                channels,
                sender.Job.KeyGroupCount,
                _edge.IsTimed,
                sender.Job.BatchCapacityBytes,
                sender.Counters,
                sender.Flow,
                inFlight!),
            EdgeKind.Broadcast => Dealt(new DealToAll<T>()),
            EdgeKind.Choice => Dealt(new DealByChoice<T>((PartitionStage<T>)_edge.Sender.Stage, channels.Length)),
            _ => Dealt(new DealInTurn<T>(sender.Index)),
        };

        Exchange<T> Dealt(Dealing<T> dealing) => new(channels, sender.Counters, sender.Flow, lanes, dealing, inFlight);
    }

    /// <summary>The edge as one subtask reads it.</summary>
    public GateEdge<T> EdgeTo(SubtaskContext receiver) => new(
        _edge.Name, [.. _channels.Select(row => row[receiver.Index]).OfType<Channel<T>>()])
    {
        FirstSender = _edge.Kind == EdgeKind.Forward ? receiver.Index : 0,
        IsForward = _edge.Kind == EdgeKind.Forward,
        IsInLine = _edge.IsInLine,
        IsByKey = _keying is not null,
        OwnerOf = OwnerOf(receiver),
    };

    // A process that connects two streams is a chain of its own behind their exchanges: what is in flight in front of it goes to the owner
    // of its key, as its state does.
    private static IKeying<T>? KeyingOf(EdgePlan edge, Stage user) => edge switch
    {
        { Kind: EdgeKind.Hash } => edge.Sender.Stage as IKeying<T>,
        { Kind: EdgeKind.Forward, IsInLine: false } when user.ConnectsInputs => user as IKeying<T>,
        _ => null,
    };

    private Func<T, int>? OwnerOf(SubtaskContext receiver)
    {
        var (groups, subtasks) = (receiver.Job.KeyGroupCount, receiver.Parallelism);
        return _keying is { } keying
            ? value => KeyGroups.SubtaskOf(KeyGroups.Of(keying.StableHashOf(value), groups), groups, subtasks)
            : _edge is { Kind: EdgeKind.Choice, Sender.Stage: PartitionStage<T> stage }
                ? value => Choice.Of(stage, value, subtasks)
                : null;
    }
}
