namespace Weir;

/// <summary>How long the values of a state live: given to the state, <c>= new(StateTtl.Of(TimeSpan.FromDays(1)))</c>.</summary>
/// <remarks>
/// <para>A value has expired when the processing time has come to that of its last update, plus the time to live (semantics H5). What
/// counts is the time at which a call of the class began to ask: nothing expires in the middle of a call. Items of a
/// <see cref="ListState{T}"/> and entries of a <see cref="MapState{TKey, TValue}"/> live and expire one by one.</para>
/// <para>Processing time differs from run to run, and so does what has expired: a replay may find more gone than the first run did. Use
/// event timers where results must not depend on that.</para>
/// <para>A state may get a time to live later, or lose it: what is stored counts as updated at the restore, or stays.</para>
/// </remarks>
public sealed record StateTtl
{
    private StateTtl(TimeSpan after) => After = after;

    /// <summary>Gets how long a value lives behind its last update.</summary>
    public TimeSpan After { get; }

    /// <summary>Gets a value indicating whether reading a value is an update, too.</summary>
    public bool IsUpdatedByReading { get; private init; }

    /// <summary>Gets a value indicating whether a value that has expired is returned as long as nobody has cleaned it up.</summary>
    public bool IsReturnedUntilCleaned { get; private init; }

    /// <summary>Gets who cleans up, beside the one who comes upon an expired value.</summary>
    public StateCleanUp CleanUp { get; private init; } = StateCleanUp.Snapshots | StateCleanUp.Background;

    /// <summary>Values live so long behind the last time that they were written, and are never returned once they have expired.</summary>
    /// <param name="after">How long: greater than zero, counted in microseconds. <see cref="TimeSpan.MaxValue"/> for ever.</param>
    /// <returns>The time to live.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is less than a microsecond.</exception>
    public static StateTtl Of(TimeSpan after) => after >= TimeSpan.FromMicroseconds(1)
        ? new StateTtl(after)
        : throw new ArgumentOutOfRangeException(
            nameof(after), after, "The time to live of a state must be a microsecond at least: what expires at once is never there.");

    /// <summary>Reading a value counts as an update, too.</summary>
    /// <returns>The time to live.</returns>
    public StateTtl UpdatedOnReadAndWrite() => this with { IsUpdatedByReading = true };

    /// <summary>
    /// A value that has expired is returned until somebody has cleaned it up: for whom an old answer is better than none. Whoever comes
    /// upon it cleans it up, so that it is returned in one call.
    /// </summary>
    /// <returns>The time to live.</returns>
    public StateTtl ReturnedUntilCleaned() => this with { IsReturnedUntilCleaned = true };

    /// <summary>Says who cleans up, beside the one who comes upon an expired value.</summary>
    /// <param name="cleanUp">Who.</param>
    /// <returns>The time to live.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is nobody of that name.</exception>
    public StateTtl CleanedBy(StateCleanUp cleanUp) =>
        (cleanUp & ~(StateCleanUp.Snapshots | StateCleanUp.Background)) == 0
            ? this with { CleanUp = cleanUp }
            : throw new ArgumentOutOfRangeException(nameof(cleanUp), cleanUp, "There is no such clean-up of states.");
}

/// <summary>Who cleans up values that have expired, beside the one who comes upon them.</summary>
[Flags]
public enum StateCleanUp
{
    /// <summary>Nobody else.</summary>
    None = 0,

    /// <summary>Checkpoints leave them out: they are gone after a restore.</summary>
    Snapshots = 1,

    /// <summary>Each step looks at a portion of the state, in turn. The portion is bounded.</summary>
    Background = 2,
}
