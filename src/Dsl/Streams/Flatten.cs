using System.Collections.Immutable;
using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Makes a record of each item of each record; each keeps the event time of the record it came from.</summary>
    /// <remarks>
    /// There is one for each common type of collection. For another, write <c>SelectMany(items => items)</c>, which is the same. A record
    /// that is null fails the job: leave such out before with <c>Where</c>.
    /// </remarks>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="source">A stream of collections.</param>
    /// <returns>The items, in order.</returns>
    /// <example><code>orders.Select(o => o.Lines).Flatten()</code></example>
    public static Stream<T> Flatten<T>(this Stream<IEnumerable<T>> source) => FlattenOf<IEnumerable<T>, T>(source);

    /// <inheritdoc cref="Flatten{T}(Stream{IEnumerable{T}})"/>
    public static Stream<T> Flatten<T>(this Stream<T[]> source) => FlattenOf<T[], T>(source);

    /// <inheritdoc cref="Flatten{T}(Stream{IEnumerable{T}})"/>
    public static Stream<T> Flatten<T>(this Stream<List<T>> source) => FlattenOf<List<T>, T>(source);

    /// <inheritdoc cref="Flatten{T}(Stream{IEnumerable{T}})"/>
    public static Stream<T> Flatten<T>(this Stream<IList<T>> source) => FlattenOf<IList<T>, T>(source);

    /// <inheritdoc cref="Flatten{T}(Stream{IEnumerable{T}})"/>
    public static Stream<T> Flatten<T>(this Stream<IReadOnlyList<T>> source) => FlattenOf<IReadOnlyList<T>, T>(source);

    /// <inheritdoc cref="Flatten{T}(Stream{IEnumerable{T}})"/>
    public static Stream<T> Flatten<T>(this Stream<IReadOnlyCollection<T>> source) => FlattenOf<IReadOnlyCollection<T>, T>(source);

    /// <inheritdoc cref="Flatten{T}(Stream{IEnumerable{T}})"/>
    public static Stream<T> Flatten<T>(this Stream<ImmutableArray<T>> source) => FlattenOf<ImmutableArray<T>, T>(source);

    private static Stream<T> FlattenOf<TItems, T>(Stream<TItems> source)
        where TItems : IEnumerable<T>
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Then<T>(new SelectManyStage<TItems, T>(source.Output, ItemsOf<TItems, T>, "Flatten"));
    }

    private static IEnumerable<T> ItemsOf<TItems, T>(TItems items)
        where TItems : IEnumerable<T> =>
        items ?? throw new InvalidOperationException(
            $"A record of Flatten is null where a {typeof(TItems)} was expected. Leave such records out before it with Where.");
}
