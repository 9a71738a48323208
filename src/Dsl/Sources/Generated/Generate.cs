namespace Weir;

/// <summary>Makes records up, for load tests and first steps.</summary>
public static class Generate
{
    /// <summary>A source whose records are made of their index: 0, 1, 2 and so on, without end unless <c>Take</c> says so.</summary>
    /// <remarks>
    /// Exactly once: a restart goes on at the index that its checkpoint holds. At <c>PerSecond</c> records a second, by the job's clock, or
    /// as fast as the job takes them. The indices are dealt out in turn to as many splits as the source has subtasks when the job first
    /// starts, or as <c>InSplits</c> says; those of one split come in order.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="record">Makes the record of an index. It is called again after a recovery, and must then answer the same.</param>
    /// <returns>The source, to be given a rate and an end.</returns>
    /// <example><code>job.From(Generate.Records(i => new Order(i, $"customer {i % 100}", i %
    /// 7)).PerSecond(1_000).Take(1_000_000))</code></example>
    public static GeneratedRecords<T> Records<T>([Deterministic] Func<long, T> record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new GeneratedRecords<T>(record);
    }
}
