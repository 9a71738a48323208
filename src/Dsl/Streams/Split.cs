using System.Collections.Immutable;
using System.Globalization;
using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Makes two streams of one: the records that a function accepts, and the rest.</summary>
    /// <remarks>Both streams must end in a sink. To throw the rest away, call <c>Where</c>.</remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream to split.</param>
    /// <param name="predicate">Runs again for the same record after a recovery, and must then answer the same.</param>
    /// <param name="rest">The records that are not accepted, in order.</param>
    /// <returns>The accepted records, in order.</returns>
    /// <example><code>var large = orders.Split(o => o.Amount > 1000, out var small);</code></example>
    public static Stream<T> Split<T>(this Stream<T> source, [Deterministic] Func<T, bool> predicate, out Stream<T> rest)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(predicate);
        var other = new StageOutput<T>("rest");
        rest = new Stream<T>(source.Job, other);
        return source.Then<T>(new SplitStage<T>(source.Output, predicate, value => predicate(value) ? 0 : 1, [other]));
    }

    /// <summary>Takes the records of a derived type out of a stream.</summary>
    /// <remarks>All streams must end in a sink. A record that is null goes with the rest.</remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="T1">The derived type.</typeparam>
    /// <param name="source">The stream to split.</param>
    /// <param name="first">The records of that type, in order.</param>
    /// <returns>The rest, in order.</returns>
    /// <example><code>var others = events.Split(out Stream&lt;Placed&gt; placed);</code></example>
    public static Stream<T> Split<T, T1>(this Stream<T> source, out Stream<T1> first)
        where T1 : T
    {
        ArgumentNullException.ThrowIfNull(source);
        first = Side<T1>(source.Job, out var one);
        return SplitByType(source, static value => value is T1 ? 1 : 0, (typeof(T1), one));
    }

    /// <summary>Takes the records of two derived types out of a stream.</summary>
    /// <remarks>
    /// All streams must end in a sink. A record goes to the first type that it is of, so a type that derives from one before it is refused.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="T1">The first derived type.</typeparam>
    /// <typeparam name="T2">The second derived type.</typeparam>
    /// <param name="source">The stream to split.</param>
    /// <param name="first">The records of the first type, in order.</param>
    /// <param name="second">The records of the second type, in order.</param>
    /// <returns>The rest, in order.</returns>
    /// <exception cref="ArgumentException">No record could go to one of the streams.</exception>
    /// <example><code>var others = events.Split(out Stream&lt;Placed&gt; placed, out Stream&lt;Paid&gt; paid);</code></example>
    public static Stream<T> Split<T, T1, T2>(this Stream<T> source, out Stream<T1> first, out Stream<T2> second)
        where T1 : T
        where T2 : T
    {
        ArgumentNullException.ThrowIfNull(source);
        first = Side<T1>(source.Job, out var one);
        second = Side<T2>(source.Job, out var two);
        return SplitByType(source, static value => value is T1 ? 1 : value is T2 ? 2 : 0, (typeof(T1), one), (typeof(T2), two));
    }

    /// <summary>Takes the records of three derived types out of a stream.</summary>
    /// <inheritdoc cref="Split{T, T1, T2}(Stream{T}, out Stream{T1}, out Stream{T2})"/>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="T1">The first derived type.</typeparam>
    /// <typeparam name="T2">The second derived type.</typeparam>
    /// <typeparam name="T3">The third derived type.</typeparam>
    /// <param name="source">The stream to split.</param>
    /// <param name="first">The records of the first type, in order.</param>
    /// <param name="second">The records of the second type, in order.</param>
    /// <param name="third">The records of the third type, in order.</param>
    public static Stream<T> Split<T, T1, T2, T3>(
        this Stream<T> source, out Stream<T1> first, out Stream<T2> second, out Stream<T3> third)
        where T1 : T
        where T2 : T
        where T3 : T
    {
        ArgumentNullException.ThrowIfNull(source);
        first = Side<T1>(source.Job, out var one);
        second = Side<T2>(source.Job, out var two);
        third = Side<T3>(source.Job, out var three);
        return SplitByType(
            source,
            static value => value is T1 ? 1 : value is T2 ? 2 : value is T3 ? 3 : 0,
            (typeof(T1), one), (typeof(T2), two), (typeof(T3), three));
    }

    /// <summary>Makes a stream for each of some values of a key, and one of the rest.</summary>
    /// <remarks>All streams must end in a sink. A record whose key is null goes with the rest.</remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key: needs value equality.</typeparam>
    /// <param name="source">The stream to split.</param>
    /// <param name="key">Runs again for the same record after a recovery, and must then answer the same.</param>
    /// <param name="values">The values: at least one, each once, not null.</param>
    /// <returns>The streams, by value.</returns>
    /// <exception cref="ArgumentException">There is no value, or one comes twice or is null.</exception>
    /// <example><code>var regions = orders.Split(o => o.Region, "EU", "US");
    /// regions["EU"].To(europe);
    /// regions["US"].To(america);
    /// regions.Rest.To(others);</code></example>
    public static SplitStreams<T, TKey> Split<T, TKey>(
        this Stream<T> source, [Deterministic] Func<T, TKey> key, params IReadOnlyList<TKey> values)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new ArgumentException("Split by a key makes a stream for each value that it is given; there is none.", nameof(values));
        }

        var streams = new Dictionary<TKey, (int Branch, Stream<T> Stream)>();
        var sides = ImmutableArray.CreateBuilder<StageOutput>(values.Count);
        foreach (var value in values)
        {
            var output = new StageOutput<T>(string.Create(CultureInfo.InvariantCulture, $"{value}"));
            if (value is null || !streams.TryAdd(value, (sides.Count + 1, new Stream<T>(source.Job, output))))
            {
                throw new ArgumentException(
                    $"Split by a key was given '{value}' twice, or null: no record could go there. Name each value once.", nameof(values));
            }

            sides.Add(output);
        }

        var rest = source.Then<T>(new SplitStage<T>(
            source.Output,
            key,
            record => key(record) is { } own && streams.TryGetValue(own, out var to) ? to.Branch : 0,
            sides.ToImmutable()));
        return new SplitStreams<T, TKey>(rest, streams);
    }

    private static Stream<T> Side<T>(Job job, out StageOutput<T> output)
    {
        output = new StageOutput<T>(typeof(T).Name);
        return new Stream<T>(job, output);
    }

    private static Stream<T> SplitByType<T>(Stream<T> source, Func<T, int> branchOf, params (Type Type, StageOutput Output)[] sides)
    {
        for (var later = 0; later < sides.Length; later++)
        {
            if (sides.Take(later).FirstOrDefault(side => side.Type.IsAssignableFrom(sides[later].Type)).Type is { } before)
            {
                throw new ArgumentException(
                    $"Split has a stream of {before} before one of {sides[later].Type}, which would never get a record: each of them is "
                        + "of the type before. Name the derived type first.");
            }
        }

        return source.Then<T>(new SplitStage<T>(source.Output, null, branchOf, [.. sides.Select(side => side.Output)]));
    }
}
