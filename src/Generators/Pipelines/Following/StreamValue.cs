using System.Collections.Immutable;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Following;

/// <summary>Which streams an expression may be: the outputs of verb calls, or streams that were made elsewhere.</summary>
/// <param name="Calls">The calls whose main output it may be.</param>
/// <param name="Elsewhere">Whether it may be another stream, and what is known of its times; null if it may not.</param>
internal sealed record StreamValue(ImmutableSortedSet<int> Calls, TimeKnowledge? Elsewhere)
{
    /// <summary>A stream that nobody knows.</summary>
    public static readonly StreamValue Unknown = new(ImmutableSortedSet<int>.Empty, TimeKnowledge.Unknown);

    /// <summary>Late records of event time: an output beside the main one, which no loop goes on with; but they have been timed.</summary>
    public static readonly StreamValue Late = new(ImmutableSortedSet<int>.Empty, TimeKnowledge.Timed);

    /// <summary>Gets the calls of which it may be an output beside the main one.</summary>
    public ImmutableSortedSet<int> Sides { get; init; } = ImmutableSortedSet<int>.Empty;

    /// <summary>Gets the windows that it is cut into; null if it is not.</summary>
    public WindowsValue? Windows { get; init; }

    /// <summary>Gets the stream that stands beside it for the next verb; null if there is none.</summary>
    public StreamValue? Second { get; init; }

    /// <summary>The call that must have made it, or null.</summary>
    public int? Only => Elsewhere is null && Sides.IsEmpty && Calls.Count == 1 ? Calls[0] : null;

    public static StreamValue Of(int call) => new(ImmutableSortedSet.Create(call), null);

    /// <summary>What the stages that may have made it put out beside it.</summary>
    public StreamValue Beside() => new(ImmutableSortedSet<int>.Empty, Elsewhere) { Sides = Calls.Union(Sides) };

    public StreamValue Or(StreamValue other) => ReferenceEquals(this, other) ? this : new(
        Calls.Union(other.Calls),
        Elsewhere is null ? other.Elsewhere : other.Elsewhere is null || other.Elsewhere == Elsewhere ? Elsewhere : TimeKnowledge.Unknown)
    {
        Sides = Sides.Union(other.Sides),
        Windows = Windows is null && other.Windows is null ? null
            : (Windows ?? WindowsValue.Elsewhere).Or(other.Windows ?? WindowsValue.Elsewhere),
        Second = Second is null && other.Second is null ? null : (Second ?? Unknown).Or(other.Second ?? Unknown),
    };

    public bool IsSameAs(StreamValue other) =>
        Calls.SetEquals(other.Calls) && Elsewhere == other.Elsewhere && Sides.SetEquals(other.Sides) && Windows == other.Windows
        && (Second is null ? other.Second is null : other.Second is not null && Second.IsSameAs(other.Second));
}
