using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Says after which silence a split no longer holds the watermark back. Belongs right behind <c>WithEventTime</c>.</summary>
    /// <remarks>
    /// <para>A split that gives <c>WithEventTime</c> no record for that long on the job's clock is idle: the others go on without it, and
    /// their windows fire. All idle: the greatest of their watermarks counts. The time counts only while the split may
    /// be read: not while output is held up, the rate is limited or it waits for others (<c>AlignWith</c>), and not before its reading has
    /// begun.</para>
    /// <para>Without it, the default, every split is waited for, and a bounded job counts exactly what its records say. With it a split
    /// that speaks again after a silence may find its windows fired: its records of before the watermark are late. How far the others have
    /// come by then depends on the clock, so two runs over the same input may differ in what is late; a job that resumes from a checkpoint
    /// waits anew, and calls nothing late that was not.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream that <c>WithEventTime</c> gave.</param>
    /// <param name="silence">How long; positive.</param>
    /// <returns>The same stream.</returns>
    /// <exception cref="ArgumentException">The stream does not come straight from <c>WithEventTime</c>.</exception>
    public static Stream<T> IdleAfter<T>(this Stream<T> source, TimeSpan silence)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(silence, TimeSpan.FromMicroseconds(1));
        if (source.Stage is not EventTimeStage<T> stage)
        {
            throw new ArgumentException(
                $"IdleAfter says when a split is idle for the watermark, but '{source.Stage.Id}' makes none. Write it right behind "
                    + "WithEventTime.", nameof(source));
        }

        stage.IdleAfter = EventTime.Of(silence);
        return source;
    }
}
