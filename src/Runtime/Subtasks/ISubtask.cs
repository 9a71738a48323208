using Weir.Runtime.Channels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Subtasks;

/// <summary>One parallel instance of a chain, as the coordinator and the job see it.</summary>
/// <remarks>
/// Its life: built; <see cref="Restore"/>; <see cref="RecoverAsync"/>; <see cref="CleanUpAsync"/>; then stepped until it is done, after the
/// final checkpoint's <see cref="SubtaskCommand.Complete"/> has been carried out; then disposed. Those before the first step may run on any
/// one thread.
/// </remarks>
internal interface ISubtask : IStepper, IAsyncDisposable
{
    /// <summary>Gets its name within the job.</summary>
    SubtaskId Id { get; }

    /// <summary>Gets the name of its chain.</summary>
    string ChainName { get; }

    /// <summary>
    /// Gets a value indicating whether it begins with a source, and so must be sent <see cref="SubtaskCommand.InjectBarrier"/>.
    /// </summary>
    bool HasSource { get; }

    /// <summary>Gets what the coordinator tells it.</summary>
    Mailbox<SubtaskCommand> Commands { get; }

    /// <summary>Gets its stateful operators, in order of the chain.</summary>
    IReadOnlyList<IStatefulOperator> Operators { get; }

    /// <summary>Gets what it counts for the user.</summary>
    SubtaskCounters Counters { get; }

    /// <summary>
    /// Gives its operators what a checkpoint holds for them, already dealt out for this subtask. Operators without an entry start empty.
    /// </summary>
    /// <param name="operators">By operator id.</param>
    void Restore(IReadOnlyDictionary<string, OperatorState> operators);

    /// <summary>Gets the names of the edges that it reads; none where it begins with a source.</summary>
    IReadOnlyList<string> InputEdges => [];

    /// <summary>Gets what may be in flight in front of it and behind it.</summary>
    IReadOnlyList<IInFlight> InFlight => [];

    /// <summary>Takes what a checkpoint held in flight in front of its chain: its share comes in before anything else.</summary>
    void RestoreInFlight(RestoredInFlight inFlight) => throw new InvariantException($"nothing is ever in flight in front of {Name}");

    /// <summary>Commits the transactions that were restored, then aborts those that were open (I7).</summary>
    ValueTask RecoverAsync(CancellationToken cancellation);

    /// <summary>Lets sinks throw away what no checkpoint knows of. Called after every subtask has recovered.</summary>
    ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation);
}
