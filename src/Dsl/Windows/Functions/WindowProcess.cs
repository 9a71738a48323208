namespace Weir;

/// <summary>
/// A function of a window that makes any number of results, and may keep state of its own: by key, and by key and window.
/// </summary>
/// <remarks>
/// One instance serves all keys of a subtask. What is to be remembered lies in states, as in a <see cref="KeyedProcess{TKey, TIn, TOut}"/>:
/// of the key (<c>= new()</c>), which live on behind the window, or of the key and window (<c>= new(StateScope.Window)</c>), which are
/// forgotten with it.
/// </remarks>
/// <typeparam name="TIn">What it is given: all records of the window in order of arrival, or what an aggregate finished with.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <example><code>
/// public sealed class Alarms : WindowProcess&lt;IReadOnlyList&lt;Reading&gt;, string, Alarm&gt;
/// {
///     private readonly ValueState&lt;int&gt; _fires = new(StateScope.Window);
///
///     public override void OnFire(IReadOnlyList&lt;Reading&gt; readings, WindowContext&lt;string, Alarm&gt; context) =>
///         context.Emit(new Alarm(context.Key, ++_fires.Ref, readings.Max(reading => reading.Value)));
/// }
/// </code></example>
[Deterministic]
public abstract class WindowProcess<TIn, TKey, TOut> : StatefulProcess
{
    /// <summary>The window fires.</summary>
    /// <param name="input">What it holds. A list is valid until the call returns.</param>
    /// <param name="context">The key, the window, the watermark, the clock, and where results go.</param>
    public abstract void OnFire(TIn input, WindowContext<TKey, TOut> context);

    /// <summary>The window is forgotten. The state of the key and window is forgotten by itself, afterwards.</summary>
    /// <param name="context">The key, the window, the watermark, the clock, and where results go.</param>
    public virtual void OnClear(WindowContext<TKey, TOut> context)
    {
    }
}
