namespace Weir;

/// <summary>Decides when a window fires, whatever its records are. The triggers that there are: those of Flink, and Early.</summary>
[Deterministic]
public abstract class Trigger
{
    private protected Trigger()
    {
    }

    /// <summary>
    /// Gets the one of windows of event time: fires when the watermark reaches the end of the window, and at once for each record that
    /// comes later and is still allowed to.
    /// </summary>
    public static Trigger EventTime { get; } = new EventTimeTriggers();

    /// <summary>Gets the one of windows of processing time: fires when the clock reaches the end of the window.</summary>
    public static Trigger ProcessingTime { get; } = new ProcessingTimeTriggers();

    /// <summary>Gets the one that never fires.</summary>
    public static Trigger Never { get; } = new NeverTriggers();

    /// <summary>Gets a value indicating whether it counts on event times and watermarks.</summary>
    public virtual bool NeedsEventTime => false;

    /// <summary>Fires after each number of records of a window. The end of the window does not fire it.</summary>
    /// <param name="count">At least one.</param>
    /// <returns>The trigger.</returns>
    public static Trigger Count(long count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new CountTriggers(count);
    }

    /// <summary>
    /// Fires early, whenever the watermark has advanced by an interval, and at the end of the window. Times are multiples of the interval,
    /// the first one after the first record.
    /// </summary>
    /// <param name="interval">At least a microsecond.</param>
    /// <returns>The trigger.</returns>
    public static Trigger Continuous(TimeSpan interval) => new ContinuousEventTimeTriggers(Positive(interval));

    /// <summary>
    /// Fires whenever the clock has advanced by an interval: at multiples of it, the first one after the first record. The end of a window
    /// of event time does not fire it.
    /// </summary>
    /// <remarks>
    /// As in Flink it never fires later than the end of the window, read on the clock. A window of event time that the clock has passed
    /// already, as all of a replay, fires once, with its first record. For early results of such windows take <see cref="Early"/>.
    /// </remarks>
    /// <param name="interval">At least a microsecond.</param>
    /// <returns>The trigger.</returns>
    public static Trigger ContinuousProcessingTime(TimeSpan interval) => new ContinuousProcessingTimeTriggers(Positive(interval));

    /// <summary>
    /// Fires at the end of the window, as <see cref="EventTime"/> does, and before that by the clock: an interval after the first record
    /// that no result has told of yet.
    /// </summary>
    /// <remarks>Of what has come since the last early result there is a next one at most an interval later, however old the records
    /// are.</remarks>
    /// <param name="interval">At least a microsecond.</param>
    /// <returns>The trigger.</returns>
    /// <example>
    /// Every ten seconds in which something has come, and at the end of the hour:
    /// <code>.Window(Tumbling.Of(TimeSpan.FromHours(1))).Trigger(Trigger.Early(TimeSpan.FromSeconds(10)))</code>
    /// </example>
    public static Trigger Early(TimeSpan interval) => new EarlyTriggers(Positive(interval));

    /// <summary>
    /// Fires when a record differs enough from the one that it fired for last. The first record of a window is what the next are compared
    /// with.
    /// </summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="threshold">Fires when the difference is greater.</param>
    /// <param name="delta">The difference of the record that it fired for last and the newest.</param>
    /// <returns>The trigger.</returns>
    public static Trigger<T> Delta<T>(double threshold, [Deterministic] Func<T, T, double> delta)
    {
        ArgumentNullException.ThrowIfNull(delta);
        return new DeltaTrigger<T>(threshold, delta);
    }

    /// <summary>Fires as another trigger does, and when the clock says that the window has waited long enough.</summary>
    /// <remarks>
    /// Both begin anew when the time is over, as with Flink's <c>ProcessingTimeoutTrigger.of(t, d)</c>. That takes back what the other one
    /// waits for: of a trigger that fires at the end of a window take <see cref="Early"/> instead.
    /// </remarks>
    /// <param name="of">The other trigger.</param>
    /// <param name="timeout">How long after the first record since the last fire; at least a microsecond.</param>
    /// <returns>The trigger.</returns>
    /// <example>
    /// A hundred records, or what has come ten seconds after the first of them:
    /// <code>.Trigger(Trigger.ProcessingTimeout(Trigger.Count(100), TimeSpan.FromSeconds(10)).Purging())</code>
    /// </example>
    public static Trigger ProcessingTimeout(Trigger of, TimeSpan timeout) => ProcessingTimeout(of, timeout, false, true);

    /// <summary>Fires as another trigger does, and when the clock says that the window has waited long enough.</summary>
    /// <param name="of">The other trigger.</param>
    /// <param name="timeout">How long after the first record since the last fire; at least a microsecond.</param>
    /// <param name="resetOnRecord">Counts from the latest record instead.</param>
    /// <param name="clearOnTimeout">
    /// Whether both begin anew when the time is over. If not, the clock fires no more until the other trigger has fired for a record.
    /// </param>
    /// <returns>The trigger.</returns>
    public static Trigger ProcessingTimeout(Trigger of, TimeSpan timeout, bool resetOnRecord, bool clearOnTimeout)
    {
        ArgumentNullException.ThrowIfNull(of);
        return new TimeoutTriggers(of, Positive(timeout), resetOnRecord, clearOnTimeout);
    }

    /// <summary>
    /// Fires as another trigger does, and when the clock says that the window has waited long enough. The record behind that counts anew.
    /// </summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="of">The other trigger.</param>
    /// <param name="timeout">How long after the first record since the last fire; at least a microsecond.</param>
    /// <returns>The trigger.</returns>
    public static Trigger<T> ProcessingTimeout<T>(Trigger<T> of, TimeSpan timeout) => ProcessingTimeout(of, timeout, false, true);

    /// <summary>Fires as another trigger does, and when the clock says that the window has waited long enough.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="of">The other trigger.</param>
    /// <param name="timeout">How long after the first record since the last fire; at least a microsecond.</param>
    /// <param name="resetOnRecord">Counts from the latest record instead.</param>
    /// <param name="clearOnTimeout">
    /// Whether both begin anew when the time is over. If not, the clock fires no more until the other trigger has fired for a record.
    /// </param>
    /// <returns>The trigger.</returns>
    public static Trigger<T> ProcessingTimeout<T>(Trigger<T> of, TimeSpan timeout, bool resetOnRecord, bool clearOnTimeout)
    {
        ArgumentNullException.ThrowIfNull(of);
        return of.Accept(new TimeoutOf<T>(Positive(timeout), resetOnRecord, clearOnTimeout));
    }

    /// <summary>The same trigger, which makes the window forget what it held whenever it fires.</summary>
    /// <returns>The trigger.</returns>
    public Trigger Purging() => this as PurgingTriggers ?? new PurgingTriggers(this);

    /// <summary>The trigger for records of a type.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>The trigger.</returns>
    public abstract Trigger<T> For<T>();

    private static long Positive(TimeSpan time, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(time))] string name = "")
    {
        var microseconds = Weir.EventTime.Of(time);
        return microseconds > 0
            ? microseconds
            : throw new ArgumentOutOfRangeException(name, time, "A trigger needs an interval of at least a microsecond.");
    }
}
