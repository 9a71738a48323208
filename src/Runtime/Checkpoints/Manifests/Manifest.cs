using System.Collections.Immutable;
using Weir.Runtime.State;

namespace Weir.Runtime.Checkpoints.Manifests;

/// <summary>What makes a checkpoint exist: everything needed to restore it, larger state by reference.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Name">The checkpoint's name.</param>
/// <param name="RunId">The life of the job that it was taken in.</param>
/// <param name="IsFinal">Whether it was taken at the end of all sources.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="Parallelism">The job's parallelism then.</param>
/// <param name="KeyGroupCount">The number of key groups; fixed for the life of the state.</param>
/// <param name="IsInterpreted">Whether the job ignored generated code then.</param>
/// <param name="Operators">The stateful operators, in ordinal order of their ids.</param>
internal sealed record Manifest(
    string Job,
    CheckpointName Name,
    RunId RunId,
    bool IsFinal,
    DateTimeOffset CreatedAt,
    int Parallelism,
    int KeyGroupCount,
    bool IsInterpreted,
    ImmutableArray<ManifestOperator> Operators)
{
    /// <summary>
    /// Gets a value indicating whether nothing was read behind it and all of it was committed: at the end of all sources, or of a job that
    /// was stopped. Whoever goes on from it goes on with the same life.
    /// </summary>
    public bool IsLast { get; init; }

    /// <summary>
    /// Gets the savepoints that it goes back to: the one that the job began with, as its options said, and those that it was stopped with
    /// since, oldest first. In the last checkpoint of a job that was stopped with a savepoint that savepoint is among them.
    /// </summary>
    public ImmutableArray<SavepointIdentity> Origins { get; init; } = [];

    /// <summary>Gets what tells it from any other, as a savepoint.</summary>
    public SavepointIdentity Identity => new(RunId, Name);

    /// <summary>Gets the shared files that it refers to.</summary>
    public IEnumerable<SharedFile> SharedFiles =>
        Operators.SelectMany(stateful => stateful.Subtasks).SelectMany(subtask => subtask.SharedFiles).Distinct();
}

/// <summary>A stateful operator in a checkpoint.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Schemas">The wire forms that its state was written with.</param>
/// <param name="Subtasks">What each of its subtasks remembered, in order of their indexes.</param>
internal sealed record ManifestOperator(string Id, ImmutableArray<SchemaMember> Schemas, ImmutableArray<OperatorSnapshot> Subtasks)
{
    /// <summary>Gets the parts of its keyed state, in the order of their numbers in entries; none but in a savepoint.</summary>
    public ImmutableArray<PartForm> Parts { get; init; } = [];
}

/// <summary>Tells a savepoint from all others.</summary>
/// <param name="RunId">The life of the job that it was taken in.</param>
/// <param name="Name">The checkpoint that it is.</param>
internal readonly record struct SavepointIdentity(RunId RunId, CheckpointName Name);
