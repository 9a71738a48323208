namespace Weir.Runtime.State;

/// <summary>An operator with something to remember: what a checkpoint holds of it.</summary>
/// <remarks>Called by the subtask's thread, between steps.</remarks>
public interface IStatefulOperator
{
    /// <summary>Gets the stable id that the state is found by.</summary>
    string Id { get; }

    /// <summary>Gets the wire forms of the state, compared with the checkpoint's before anything is read.</summary>
    IReadOnlyList<SchemaMember> Schemas { get; }

    /// <summary>Writes all state as of now; the barrier guarantees that now is a consistent cut.</summary>
    /// <param name="writer">Where to.</param>
    void Snapshot(OperatorStateWriter writer);

    /// <summary>
    /// Takes up what subtasks of this operator wrote: all of what this subtask owns now. Called on an operator that holds nothing.
    /// </summary>
    /// <param name="state">What was written.</param>
    void Restore(OperatorState state);
}
