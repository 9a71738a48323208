using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Deals the records out evenly, a batch at a time, over the subtasks that follow.</summary>
    /// <typeparam name="T">The records: need a codec.</typeparam>
    /// <param name="source">The stream.</param>
    /// <returns>The same records; their order is kept only within what one subtask received.</returns>
    public static Stream<T> Rebalance<T>(this Stream<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Then<T>(new RebalanceStage<T>(source.Output));
    }
}
