namespace Weir.Graph;

/// <summary>Assigns event times and makes watermarks.</summary>
/// <typeparam name="T">The records.</typeparam>
public sealed class EventTimeStage<T> : Stage
{
    private static readonly Func<T, long> NoFunction = static _ => throw new NotSupportedException("the source says the time");

    private readonly Func<Delegate, T, long> _call;

    internal EventTimeStage(StageOutput<T> input, Delegate time, Func<Delegate, T, long> call, WatermarkStrategy strategy)
        : this(input, time, call)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        MaxDisorder = EventTime.Of(strategy.MaxDisorder);
        Interval = strategy.Interval is { } interval ? EventTime.Of(interval) : null;
    }

    internal EventTimeStage(StageOutput<T> input, string times, WatermarkStrategy strategy)
        : this(input, NoFunction, static (_, _) => throw new NotSupportedException("the source says the time"), strategy) =>
        TimesOfSource = times;

    internal EventTimeStage(StageOutput<T> input, Delegate time, Func<Delegate, T, long> call, WatermarkGenerator<T> generator)
        : this(input, time, call)
    {
        ArgumentNullException.ThrowIfNull(generator);
        Generator = generator;
        if (generator.Period is { } period)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMicroseconds(1), "generator.Period");
            Interval = EventTime.Of(period);
        }
    }

    private EventTimeStage(StageOutput<T> input, Delegate time, Func<Delegate, T, long> call)
        : base("WithEventTime", [input], [new StageOutput<T>()])
    {
        ArgumentNullException.ThrowIfNull(time);
        Selector = time;
        _call = call;
    }

    /// <summary>
    /// Gets the user's function as it was given: to <see cref="DateTime"/>, <see cref="DateTimeOffset"/> or microseconds.
    /// </summary>
    public Delegate Selector { get; }

    /// <summary>Gets what the times of the source are, for people, if those are taken; null if the function says the time.</summary>
    public string? TimesOfSource { get; }

    /// <inheritdoc/>
    public override Delegate? Function => TakesTimesOfSource ? null : Selector;

    /// <inheritdoc/>
    internal override bool TakesTimesOfSource => TimesOfSource is not null;

    /// <summary>Gets the disorder that is waited for, in microseconds, where there is no generator.</summary>
    public long MaxDisorder { get; }

    /// <summary>Gets what makes the watermarks from records; null if event times alone do.</summary>
    public WatermarkGenerator<T>? Generator { get; }

    /// <summary>
    /// Gets the time on the job's clock between two watermarks, or between two calls of the generator, in microseconds; null if each batch
    /// makes one.
    /// </summary>
    public long? Interval { get; }

    /// <summary>
    /// Gets the silence after which an input no longer holds the watermark back, in microseconds; null if it always does.
    /// </summary>
    public long? IdleAfter { get; internal set; }

    /// <summary>Gets the group whose inputs wait for one another; null if they wait for none.</summary>
    public string? AlignedWith { get; internal set; }

    /// <summary>Gets how far an input may be ahead of the slowest of its group, in microseconds.</summary>
    public long MaxDrift { get; internal set; }

    /// <inheritdoc/>
    public override bool AssignsEventTime => true;

    /// <inheritdoc/>
    public override bool HoldsInputBack => AlignedWith is not null;

    /// <inheritdoc/>
    public override bool NeedsEachRecord => Generator is not null;

    /// <summary>Asks the user's function.</summary>
    /// <param name="value">The record.</param>
    /// <returns>Its event time in microseconds since the Unix epoch.</returns>
    public long TimeOf(T value) => _call(Selector, value);

    /// <inheritdoc/>
    internal override void Describe(StageFacts facts)
    {
        if (TimesOfSource is not null)
        {
            facts.Add("event time", TimesOfSource);
        }

        facts.Add("watermark", Generator is not null ? $"made by {TypeText.Of(Generator.GetType())} from each record"
            : MaxDisorder == 0 ? "right behind the latest time of each split"
            : $"{StageFacts.Span(MaxDisorder)} behind the latest time of each split");
        if (Interval is { } interval)
        {
            facts.Add("watermark made", $"every {StageFacts.Span(interval)}");
        }

        facts.Add("silent splits", IdleAfter is { } silence ? $"not waited for after {StageFacts.Span(silence)}" : "waited for");
        if (AlignedWith is { } group)
        {
            facts.Add("aligned", $"with group '{group}', at most {StageFacts.Span(MaxDrift)} ahead");
        }
    }

    /// <inheritdoc/>
    internal override bool IsOfSingleRecords => true;

    /// <inheritdoc/>
    internal override bool MayLeaveOut => !TakesTimesOfSource;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
