using System.Collections.Immutable;
using Weir.Graph;

namespace Weir;

/// <summary>How a keyed stream is cut into windows, when they fire, and what becomes of what is late. Immutable.</summary>
/// <typeparam name="T">The records.</typeparam>
public sealed record WindowSpec<T>
{
    internal WindowSpec(AnyWindows kind) => Kind = kind;

    /// <summary>Gets the windows.</summary>
    public AnyWindows Kind { get; internal init; }

    /// <summary>Gets the trigger that was asked for; null for that of the windows.</summary>
    public Trigger<T>? Trigger { get; internal init; }

    /// <summary>Gets what takes records out of a window that fires; null if nothing does.</summary>
    public Evictor<T>? Evictor { get; internal init; }

    /// <summary>Gets when the evictor is asked.</summary>
    public EvictWhen EvictWhen { get; internal init; }

    /// <summary>Gets how long after its end a window still takes records, in microseconds of event time.</summary>
    public long AllowedLateness { get; internal init; }

    /// <summary>Gets what results are made of.</summary>
    public WindowResults Results { get; internal init; }

    /// <summary>Gets where late records go; null if they are dropped.</summary>
    public StageOutput<T>? Late { get; internal init; }

    /// <summary>Gets a value indicating whether such windows are kept in another form than the general one where they can be.</summary>
    internal bool HasOwnForm => OwnForm != WindowForm.General;

    /// <summary>Gets what makes changes of results; null unless results are retracting.</summary>
    internal Retraction? Retraction { get; init; }

    /// <summary>Gets a value indicating whether records need event times.</summary>
    public bool NeedsEventTime => Kind.NeedsEventTime || Trigger is { NeedsEventTime: true };

    /// <summary>Gets the form in which they are kept: general wherever anything but the default is asked for.</summary>
    public WindowForm Form => Trigger is not null || Evictor is not null || AllowedLateness != 0 || Results != WindowResults.Accumulating
        ? WindowForm.General
        : OwnForm;

    /// <summary>Gets a value indicating whether windows are kept as rows of slices that several of them share.</summary>
    public bool ShareSlices => Form == WindowForm.Sliced && Kind is AlignedWindows { AreDisjoint: false };

    // Windows of records that are in several take them out themselves.
    private bool Evict => Evictor is not null || Kind is CountWindow { IsTumbling: false };

    /// <summary>The outputs of a stage that aggregates the windows: results first, then late records where they go somewhere.</summary>
    /// <typeparam name="TOut">The results.</typeparam>
    internal ImmutableArray<StageOutput> OutputsOf<TOut>() =>
        Late is { } late ? [new StageOutput<TOut>(), late] : [new StageOutput<TOut>()];

    private WindowForm OwnForm => Kind switch
    {
        AlignedWindows { Time: WindowTime.Event } => WindowForm.Sliced,
        SessionWindow { Time: WindowTime.Event } => WindowForm.Session,
        CountWindow => WindowForm.Counted,
        RunningWindow => WindowForm.Running,
        _ => WindowForm.General,
    };

    /// <summary>Whether accumulators that merge like this can be kept for the windows, or records have to be kept instead.</summary>
    internal bool Allow(MergeOrder merges) => Form switch
    {
        // Sessions that become one may have had their records in turn.
        WindowForm.Session => merges == MergeOrder.Any,
        WindowForm.Sliced => merges == MergeOrder.Any || !ShareSlices,

        // Windows that overlap are put together of parts, each of which came behind the one before.
        WindowForm.Counted => merges != MergeOrder.None || Kind is CountWindow { Size: var size, Slide: var slide } && size == slide,
        WindowForm.General => (merges == MergeOrder.Any || !Kind.AreMerging) && !Evict,
        _ => true,
    };
}
