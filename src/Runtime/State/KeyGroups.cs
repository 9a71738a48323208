namespace Weir.Runtime.State;

/// <summary>Maps keys to key groups and key groups to subtasks.</summary>
/// <remarks>
/// The number of key groups is fixed for the life of a job's state; parallelism is not. Flink's formulas (KeyGroupRangeAssignment), so
/// that a reader of its documentation finds what he expects: semantics H1, H2.
/// </remarks>
public static class KeyGroups
{
    /// <summary>The most key groups that a job may have, as in Flink.</summary>
    internal const int MaxCount = 1 << 15;

    /// <summary>The key group of a key.</summary>
    /// <param name="stableHash">The key's <see cref="Codec{T}.StableHash"/>; never <c>GetHashCode</c>.</param>
    /// <param name="count">The number of key groups of the job.</param>
    /// <returns>From 0 to <paramref name="count"/> − 1.</returns>
    public static int Of(uint stableHash, int count)
    {
        // Flink takes the absolute value of the hash, and 0 for the one that has none.
        var hash = (int)stableHash;
        hash = hash >= 0 ? hash : hash == int.MinValue ? 0 : -hash;

        // As it nearly always is a power of two; to divide takes many times as long.
        return (count & (count - 1)) == 0 ? hash & (count - 1) : hash % count;
    }

    /// <summary>The subtask that owns a key group.</summary>
    public static int SubtaskOf(int keyGroup, int count, int parallelism) => (int)((long)keyGroup * parallelism / count);

    /// <summary>The key groups that a subtask owns.</summary>
    public static KeyGroupRange RangeOf(int subtask, int count, int parallelism) => new(
        (int)((((long)subtask * count) + parallelism - 1) / parallelism),
        (int)(((((long)subtask + 1) * count) - 1) / parallelism));

    /// <summary>The number of key groups that a new job gets: room to grow by half, a power of two, from 128 to 32,768.</summary>
    public static int DefaultCount(int parallelism) =>
        (int)Math.Clamp(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)parallelism + ((uint)parallelism / 2)), 128u, MaxCount);
}
