using System.Collections.Immutable;

namespace Weir.Runtime.Checkpoints.Manifests;

/// <summary>What makes a checkpoint exist: everything needed to restore it, keyed state by reference.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Name">The checkpoint's name.</param>
/// <param name="RunId">The life of the job that it was taken in.</param>
/// <param name="IsFinal">Whether it was taken at the end of all sources.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="Parallelism">The job's parallelism then.</param>
/// <param name="KeyGroupCount">The number of key groups; fixed for the life of the state.</param>
/// <param name="IsInterpreted">Whether the job ignored generated code then.</param>
/// <param name="Operators">The stateful operators, in ordinal order of their ids.</param>
/// <param name="Files">The state files.</param>
internal sealed record Manifest(
    string Job,
    CheckpointName Name,
    RunId RunId,
    bool IsFinal,
    DateTimeOffset CreatedAt,
    int Parallelism,
    int KeyGroupCount,
    bool IsInterpreted,
    ImmutableArray<ManifestOperator> Operators,
    ImmutableArray<StateFile> Files);

/// <summary>A stateful operator in a checkpoint.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Schemas">The wire forms that its state was written with.</param>
/// <param name="Subtasks">What each of its subtasks remembered, in order of their indexes.</param>
internal sealed record ManifestOperator(string Id, ImmutableArray<SchemaMember> Schemas, ImmutableArray<ManifestSubtask> Subtasks);

/// <summary>What one subtask of an operator remembered.</summary>
/// <param name="Items">Its list state.</param>
/// <param name="Shared">Its union list state.</param>
/// <param name="KeyGroups">Where its keyed state lies.</param>
internal sealed record ManifestSubtask(
    ImmutableArray<ReadOnlyMemory<byte>> Items,
    ImmutableArray<ReadOnlyMemory<byte>> Shared,
    ImmutableArray<KeyGroupSlice> KeyGroups);

/// <summary>Where the entries of a key group lie.</summary>
/// <param name="KeyGroup">The group.</param>
/// <param name="File">The position of the file in <see cref="Manifest.Files"/>.</param>
/// <param name="Offset">The first byte.</param>
/// <param name="Length">The number of bytes.</param>
internal readonly record struct KeyGroupSlice(int KeyGroup, int File, int Offset, int Length);

/// <summary>A file beside the manifest.</summary>
/// <param name="Name">Its name within the checkpoint.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Crc">Its CRC-32C.</param>
internal sealed record StateFile(string Name, long Length, uint Crc);
