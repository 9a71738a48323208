using System.Collections.Immutable;
using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Makes one stream of several; the watermark is the least of theirs.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The first stream.</param>
    /// <param name="others">The others: at least one, of the same job.</param>
    /// <returns>The records of all, in no particular order between the streams.</returns>
    public static Stream<T> Union<T>(this Stream<T> source, params Stream<T>[] others)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentOutOfRangeException.ThrowIfLessThan(others.Length, 1);
        if (others.FirstOrDefault(other => other.Job != source.Job) is { } stranger)
        {
            throw new ArgumentException(
                $"Union joins streams of one job, but one of these belongs to '{stranger.Job.Name}' and one to '{source.Job.Name}'.",
                nameof(others));
        }

        ImmutableArray<StageOutput> inputs = [source.Output, .. others.Select(other => other.Output)];
        return source.Then<T>(new UnionStage<T>(inputs));
    }
}
