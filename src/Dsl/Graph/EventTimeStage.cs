namespace Weir.Graph;

/// <summary>Assigns event times and makes watermarks.</summary>
/// <typeparam name="T">The records.</typeparam>
public sealed class EventTimeStage<T> : Stage
{
    private readonly Func<Delegate, T, long> _call;

    internal EventTimeStage(StageOutput<T> input, Delegate time, Func<Delegate, T, long> call, TimeSpan maxDisorder)
        : base("WithEventTime", [input], [new StageOutput<T>()])
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDisorder, TimeSpan.Zero);
        Selector = time;
        _call = call;
        MaxDisorder = EventTime.Of(maxDisorder);
    }

    /// <summary>
    /// Gets the user's function as it was given: to <see cref="DateTime"/>, <see cref="DateTimeOffset"/> or microseconds.
    /// </summary>
    public Delegate Selector { get; }

    /// <inheritdoc/>
    public override Delegate Function => Selector;

    /// <summary>Gets the disorder that is waited for, in microseconds.</summary>
    public long MaxDisorder { get; }

    /// <summary>
    /// Gets the silence after which an input no longer holds the watermark back, in microseconds; null if it always does.
    /// </summary>
    public long? IdleAfter { get; internal set; }

    /// <inheritdoc/>
    public override bool AssignsEventTime => true;

    /// <inheritdoc/>
    public override long? MaxEventTimeDisorder => MaxDisorder;

    /// <summary>Asks the user's function.</summary>
    /// <param name="value">The record.</param>
    /// <returns>Its event time in microseconds since the Unix epoch.</returns>
    public long TimeOf(T value) => _call(Selector, value);

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
