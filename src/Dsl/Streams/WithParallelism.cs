namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Sets the number of subtasks of the operator before it. Unset, the job's parallelism counts.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream whose last operator is meant.</param>
    /// <param name="parallelism">At least 1, at most the job's key groups.</param>
    /// <returns>The same stream.</returns>
    public static Stream<T> WithParallelism<T>(this Stream<T> source, int parallelism)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        source.OwnStage.Parallelism = parallelism;
        return source;
    }

    /// <summary>Sets the number of subtasks of the sink. Unset, the job's parallelism counts.</summary>
    /// <param name="end">The end of a stream.</param>
    /// <param name="parallelism">At least 1.</param>
    /// <returns>The same end.</returns>
    public static StreamEnd WithParallelism(this StreamEnd end, int parallelism)
    {
        ArgumentNullException.ThrowIfNull(end);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        end.Stage.Parallelism = parallelism;
        return end;
    }
}
