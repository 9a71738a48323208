namespace Weir.Runtime.Scheduling;

/// <summary>What a step found to do, and when the next one is wanted.</summary>
/// <remarks>
/// Who says <see cref="Idle"/> is not stepped again until it calls its <see cref="IStepper.Wake"/>, until work on the pool has ended, or
/// until the deadline that it names. Nobody polls: a change that wakes no one is a bug of whoever made the change.
/// </remarks>
internal readonly record struct StepResult
{
    private readonly Kind _kind;
    private readonly Deadline _next;

    private StepResult(Kind kind, Deadline next) => (_kind, _next) = (kind, next);

    /// <summary>Gets the answer that something was done: step again soon.</summary>
    public static StepResult Progress => default;

    /// <summary>Gets the answer that there is nothing to do until a wake.</summary>
    public static StepResult Idle => new(Kind.Idle, Deadline.Never);

    /// <summary>Gets the answer that nothing will ever be done again.</summary>
    public static StepResult Done => new(Kind.Done, Deadline.Never);

    /// <summary>Gets a value indicating whether something was done.</summary>
    public bool IsProgress => _kind == Kind.Progress;

    /// <summary>Gets a value indicating whether there was nothing to do.</summary>
    public bool IsIdle => _kind is Kind.Idle or Kind.Blocked;

    /// <summary>Gets a value indicating whether there was nothing to do because others do not take what there is.</summary>
    public bool IsBlocked => _kind == Kind.Blocked;

    /// <summary>Gets a value indicating whether nothing will ever be done again.</summary>
    public bool IsDone => _kind == Kind.Done;

    /// <summary>Gets when the next step is wanted although nobody may wake; only of an idle one.</summary>
    public Deadline Next => _next;

    /// <summary>There is nothing to do until a wake, or until a moment has come.</summary>
    /// <param name="next">The moment; <see cref="Deadline.Never"/> to wait for a wake alone.</param>
    /// <returns>The answer.</returns>
    public static StepResult IdleUntil(Deadline next) => new(Kind.Idle, next);

    /// <summary>Others do not take what there is: nothing to do until a wake, or until a moment has come.</summary>
    /// <param name="next">The moment; <see cref="Deadline.Never"/> to wait for a wake alone.</param>
    /// <returns>The answer.</returns>
    public static StepResult BlockedUntil(Deadline next) => new(Kind.Blocked, next);

    /// <inheritdoc/>
    public override string ToString() => IsIdle && !_next.IsNever ? $"{_kind} until {_next.Timestamp}" : _kind.ToString();

    private enum Kind
    {
        Progress,
        Idle,
        Blocked,
        Done,
    }
}
