using Weir.Runtime.Streams;

namespace Weir.Runtime.Kernels;

/// <summary>What user code pushes records into that cannot be stopped in the middle: what there is no room for waits in memory.</summary>
internal abstract class Outlet
{
    /// <summary>Gets a value indicating whether records wait for room.</summary>
    public abstract bool IsBehind { get; }

    /// <summary>Passes on what waits, as long as there is room.</summary>
    public abstract void Drain();

    /// <summary>Passes on what is gathered.</summary>
    public abstract void Flush();
}

/// <inheritdoc cref="Outlet"/>
/// <typeparam name="T">The records.</typeparam>
/// <param name="collector">Where they go.</param>
/// <param name="flow">Says whether there is room.</param>
/// <param name="isTimed">Whether records have event times; <see cref="long.MinValue"/> for none of their own.</param>
internal sealed class Outlet<T>(Collector<T> collector, Flow flow, bool isTimed) : Outlet
{
    // Given back when it is empty: what one record made by the million is not kept for ever.
    private const int MostKept = 4096;

    private readonly Queue<(T Value, long Time)> _waiting = new();

    public override bool IsBehind => _waiting.Count > 0;

    public Receiver<T> Next => collector.Next;

    public void Add(T value, long time)
    {
        if (_waiting.Count == 0 && flow.MayMake())
        {
            Pass(value, time);
        }
        else
        {
            _waiting.Enqueue((value, time));
        }
    }

    public override void Drain()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        while (_waiting.Count > 0 && flow.MayMake())
        {
            var (value, time) = _waiting.Dequeue();
            Pass(value, time);
        }

        if (_waiting.Count == 0)
        {
            _waiting.TrimExcess(MostKept);
        }
    }

    public override void Flush() => collector.Flush(lane: 0);

    private void Pass(T value, long time)
    {
        if (isTimed)
        {
            collector.Add(value, time);
        }
        else
        {
            collector.Add(value);
        }
    }
}
