namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Takes the records that the operator before it emits to a side output.</summary>
    /// <remarks>
    /// Asked twice for one tag it answers the same stream. The stream has the watermarks of the results. It must end in a sink, as every
    /// stream. Belongs right behind <c>Process</c>.
    /// </remarks>
    /// <typeparam name="T">The results of the operator.</typeparam>
    /// <typeparam name="TSide">The records of the side output.</typeparam>
    /// <param name="source">The results of a <c>Process</c>.</param>
    /// <param name="side">The tag that the process emits to.</param>
    /// <returns>The records of the side output.</returns>
    /// <exception cref="ArgumentException">The stream does not come straight from an operator that has side outputs.</exception>
    /// <exception cref="InvalidOperationException">The operator has another output of that name already.</exception>
    public static Stream<TSide> Side<T, TSide>(this Stream<T> source, SideOutput<TSide> side)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(side);
        return new Stream<TSide>(source.Job, source.OwnStage.SideOf(side));
    }
}
