using System.Collections.Immutable;
using Weir.Runtime.Channels;
using Weir.Runtime.State;

namespace Weir.Runtime.Subtasks;

/// <summary>What a subtask tells the coordinator.</summary>
/// <param name="Subtask">Who says so.</param>
internal abstract record SubtaskReport(SubtaskId Subtask)
{
    /// <summary>Its snapshot is durable and its sinks have pre-committed.</summary>
    /// <param name="Subtask">Who says so.</param>
    /// <param name="Checkpoint">The checkpoint.</param>
    /// <param name="Operators">What its operators remember: one entry for each stateful operator, sinks' pending transactions and sources'
    /// offsets included.</param>
    public sealed record Acknowledged(SubtaskId Subtask, CheckpointId Checkpoint, ImmutableArray<OperatorSnapshot> Operators)
        : SubtaskReport(Subtask)
    {
        /// <summary>Gets what the time from the trigger until now went into.</summary>
        public CheckpointPhases Phases { get; init; }

        /// <summary>Gets the bytes of records in flight that are part of it.</summary>
        public long InFlightBytes => Operators.Where(snapshot => InFlightIds.Is(snapshot.Id)).Sum(snapshot => snapshot.SizeBytes);
    }

    /// <summary>It cannot take part in the checkpoint.</summary>
    /// <param name="Subtask">Who says so.</param>
    /// <param name="Checkpoint">The checkpoint.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Declined(SubtaskId Subtask, CheckpointId Checkpoint, string Reason) : SubtaskReport(Subtask);

    /// <summary>Its source has delivered everything and has sent the end-of-time watermark; it still answers barriers.</summary>
    /// <param name="Subtask">Who says so.</param>
    public sealed record Exhausted(SubtaskId Subtask) : SubtaskReport(Subtask);

    /// <summary>Something that does not stop the job, but that the user should know.</summary>
    /// <param name="Subtask">Who says so.</param>
    /// <param name="Message">What.</param>
    public sealed record Warned(SubtaskId Subtask, string Message) : SubtaskReport(Subtask);

    /// <summary>
    /// Its sinks have committed everything up to and including the checkpoint. Sent by every subtask, with or without a sink.
    /// </summary>
    /// <param name="Subtask">Who says so.</param>
    /// <param name="Checkpoint">The checkpoint.</param>
    public sealed record Committed(SubtaskId Subtask, CheckpointId Checkpoint) : SubtaskReport(Subtask);
}
