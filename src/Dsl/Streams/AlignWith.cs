using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>
    /// Has inputs wait that are further ahead in event time than the slowest of their group. Belongs right behind <c>WithEventTime</c>.
    /// </summary>
    /// <remarks>
    /// <para>Windows over several inputs wait for the slowest, and keep what the others have delivered meanwhile. An input that runs far
    /// ahead so costs memory without end. In a group, a split whose watermark is more than <paramref name="maxDrift"/> ahead of the least
    /// of the group is not read until the others have caught up (Flink: watermark alignment). The group spans the splits, the subtasks and
    /// the sources of one job; groups do not know of one another.</para>
    /// <para>A split holds the group back only while it is being read. One that has ended, that nobody has begun, or that is idle
    /// (<c>IdleAfter</c>) does not; while a split waits, its silence is not counted. A split that is read but says nothing holds all
    /// others, unless <c>IdleAfter</c> is set. Checkpoints are taken while splits wait. What is made of the records does not change.</para>
    /// <para>It must run in the subtask of its source: write it before a <c>Union</c>, an exchange or a change of parallelism.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream that <c>WithEventTime</c> gave.</param>
    /// <param name="group">The group: any name; the same name joins it.</param>
    /// <param name="maxDrift">How far ahead in event time; not negative. About as much must fit into memory.</param>
    /// <returns>The same stream.</returns>
    /// <exception cref="ArgumentException">The stream does not come straight from <c>WithEventTime</c>, or the name is empty.</exception>
    /// <example><code>orders.WithEventTime(o => o.At, Watermarks.Ascending).AlignWith("shop", TimeSpan.FromMinutes(5))</code></example>
    public static Stream<T> AlignWith<T>(this Stream<T> source, string group, TimeSpan maxDrift)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(group);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDrift, TimeSpan.Zero);
        if (source.Stage is not EventTimeStage<T> stage)
        {
            throw new ArgumentException(
                $"AlignWith has inputs wait by their watermarks, but '{source.Stage.Id}' makes none. Write it right behind WithEventTime.",
                nameof(source));
        }

        stage.AlignedWith = group;
        stage.MaxDrift = EventTime.Of(maxDrift);
        return source;
    }
}
