using System.Collections.Immutable;
using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.State;
using Weir.Runtime.State.Handles;

namespace Weir.Runtime.Savepoints;

/// <summary>What one operator remembers in a savepoint.</summary>
public sealed class SavepointOperator
{
    private readonly ImmutableArray<OperatorState> _subtasks;

    internal SavepointOperator(ManifestOperator stateful, ImmutableArray<OperatorState> subtasks)
    {
        _subtasks = subtasks;
        Id = stateful.Id;
        Schemas = stateful.Schemas;
        States = [.. stateful.Parts.Where(part => part.Key.Name != PartForm.Nothing.Name)
            .Select(part => new SavepointState(stateful, part, subtasks))];
        SubtaskStates = [.. (stateful.Schemas.FirstOrDefault(schema => schema.Name == StateNames.OfSubtasks)?.Schema.Members ?? [])
            .Select(member => new SavepointSubtaskState(stateful.Id, member, subtasks))];
    }

    /// <summary>Gets its id.</summary>
    public string Id { get; }

    /// <summary>Gets the wire forms of all that it remembers.</summary>
    public IReadOnlyList<SchemaMember> Schemas { get; }

    /// <summary>Gets the number of subtasks that it had.</summary>
    public int Parallelism => _subtasks.Length;

    /// <summary>Gets its states by key, timers among them.</summary>
    public IReadOnlyList<SavepointState> States { get; }

    /// <summary>Gets its states of no key: lists of subtasks, and broadcast states.</summary>
    public IReadOnlyList<SavepointSubtaskState> SubtaskStates { get; }

    /// <summary>Gets the items of its list state, those of one subtask after the other: positions of a source, transactions of a sink.
    /// </summary>
    /// <remarks>As they were written: MessagePack in the form that <see cref="Schemas"/> names.</remarks>
    public IReadOnlyList<ReadOnlyMemory<byte>> Items => [.. _subtasks.SelectMany(subtask => subtask.Items)];

    /// <summary>The state of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The state.</returns>
    /// <exception cref="KeyNotFoundException">There is none; the message has those that there are.</exception>
    public SavepointState State(string name) => States.FirstOrDefault(state => state.Name == name)
        ?? throw new KeyNotFoundException(
            $"Operator '{Id}' has no state '{name}' in the savepoint. It has {string.Join(", ", States.Select(state => state.Name))}.");

    /// <summary>The state of no key of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The state.</returns>
    /// <exception cref="KeyNotFoundException">There is none; the message has those that there are.</exception>
    public SavepointSubtaskState SubtaskState(string name) => SubtaskStates.FirstOrDefault(state => state.Name == name)
        ?? throw new KeyNotFoundException(
            $"Operator '{Id}' has no state '{name}' of its subtasks in the savepoint. It has "
                + $"{string.Join(", ", SubtaskStates.Select(state => state.Name))}.");
}
