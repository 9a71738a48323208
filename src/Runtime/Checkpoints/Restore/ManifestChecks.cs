using Weir.Runtime.Checkpoints.Manifests;

namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>Whether a manifest with a right checksum makes sense in itself: what follows may rely on it.</summary>
internal static class ManifestChecks
{
    private const int MaxKeyGroupCount = 1 << 20;

    /// <summary>Throws what is wrong with it.</summary>
    /// <exception cref="UnusableCheckpointException">It makes no sense.</exception>
    public static void Check(Manifest manifest)
    {
        Require(manifest.Parallelism >= 1, $"its parallelism is {manifest.Parallelism}");
        Require(manifest.KeyGroupCount is >= 1 and <= MaxKeyGroupCount, $"it has {manifest.KeyGroupCount} key groups");
        Require(
            manifest.Operators.Select(stateful => stateful.Id).Distinct(StringComparer.Ordinal).Count() == manifest.Operators.Length,
            "it has two operators of one id");
        foreach (var stateful in manifest.Operators)
        {
            Check(stateful, manifest);
        }
    }

    private static void Check(ManifestOperator stateful, Manifest manifest)
    {
        var owners = new Dictionary<int, int>();
        for (var subtask = 0; subtask < stateful.Subtasks.Length; subtask++)
        {
            var snapshot = stateful.Subtasks[subtask];
            foreach (var slice in snapshot.KeyGroups)
            {
                Require(
                    (uint)slice.Handle < (uint)snapshot.Handles.Length
                    && slice.Offset >= 0 && slice.Length >= 0 && slice.Length <= Array.MaxLength
                    && slice.Offset <= snapshot.Handles[slice.Handle].Length - slice.Length,
                    $"key group {slice.KeyGroup} lies outside of its state file");
                Require((uint)slice.KeyGroup < (uint)manifest.KeyGroupCount,
                    $"it has key group {slice.KeyGroup} of {manifest.KeyGroupCount}");
                owners.TryAdd(slice.KeyGroup, subtask);
                Require(owners[slice.KeyGroup] == subtask, $"two subtasks of operator '{stateful.Id}' remember key group {slice.KeyGroup}");
            }

            foreach (var file in snapshot.SharedFiles)
            {
                Require(file.Attempt <= manifest.Name.Attempt, $"it refers to {file}, which is newer than it");
            }
        }
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new UnusableCheckpointException("manifest", otherwise);
        }
    }
}
