using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Gives each record to the subtask of what follows that a function says. Keyed state needs <c>KeyBy</c> instead.</summary>
    /// <typeparam name="T">The records: need a codec.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="partitioner">
    /// Of a record and the number of subtasks that follow, the subtask: from 0, below that number. Another answer fails the job. Runs again
    /// for the same record after a recovery, and must then answer the same.
    /// </param>
    /// <returns>The same records; their order is kept from each subtask to each.</returns>
    /// <example><code>readings.Partition((r, subtasks) => r.Sensor % subtasks)</code></example>
    public static Stream<T> Partition<T>(this Stream<T> source, [Deterministic] Func<T, int, int> partitioner)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(partitioner);
        return source.Then<T>(new PartitionStage<T>(source.Output, partitioner));
    }
}
