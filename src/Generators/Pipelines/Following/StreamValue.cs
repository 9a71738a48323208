using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Following;

/// <summary>Which streams an expression may be: the outputs of verb calls, or streams that were made elsewhere.</summary>
/// <param name="Calls">The calls whose main output it may be.</param>
/// <param name="Elsewhere">Whether it may be another stream, and what is known of its times; null if it may not.</param>
/// <param name="TakesLate">Whether it is a windowed stream whose late records go to a stream of their own.</param>
/// <param name="Window">Where it was cut into windows; null if it was not, or elsewhere.</param>
internal sealed record StreamValue(
    ImmutableSortedSet<int> Calls, TimeKnowledge? Elsewhere, bool TakesLate = false, SyntaxNode? Window = null)
{
    /// <summary>No stream at all: the value of code that is not reached.</summary>
    public static readonly StreamValue None = new(ImmutableSortedSet<int>.Empty, null);

    /// <summary>A stream that nobody knows.</summary>
    public static readonly StreamValue Unknown = new(ImmutableSortedSet<int>.Empty, TimeKnowledge.Unknown);

    /// <summary>Late records: an output beside the main one, which no loop goes on with; but they have been timed.</summary>
    public static readonly StreamValue Late = new(ImmutableSortedSet<int>.Empty, TimeKnowledge.Timed);

    /// <summary>The call that must have made it, or null.</summary>
    public int? Only => Elsewhere is null && Calls.Count == 1 ? Calls[0] : null;

    public static StreamValue Of(int call) => new(ImmutableSortedSet.Create(call), null);

    public StreamValue Or(StreamValue other) => ReferenceEquals(this, other) ? this : new(
        Calls.Union(other.Calls),
        Elsewhere is null ? other.Elsewhere : other.Elsewhere is null || other.Elsewhere == Elsewhere ? Elsewhere : TimeKnowledge.Unknown,
        TakesLate || other.TakesLate,
        Window ?? other.Window);

    public bool IsSameAs(StreamValue other) =>
        Calls.SetEquals(other.Calls) && Elsewhere == other.Elsewhere && TakesLate == other.TakesLate;
}
