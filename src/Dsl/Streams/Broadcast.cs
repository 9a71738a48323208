using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Gives each record to every subtask of what follows: for rules and rates that all of them must know.</summary>
    /// <remarks>
    /// Where one subtask follows, it gets each record once. Where four follow, records behind it are there four times: a sink that follows
    /// directly writes each of them four times. Set the parallelism on what follows.
    /// </remarks>
    /// <typeparam name="T">The records: need a codec.</typeparam>
    /// <param name="source">The stream.</param>
    /// <returns>The same records, all of them in each subtask that follows; in order of each subtask that they came from.</returns>
    public static Stream<T> Broadcast<T>(this Stream<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Then<T>(new BroadcastStage<T>(source.Output));
    }
}
