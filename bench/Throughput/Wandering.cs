using Weir.Bench.Baselines;

namespace Weir.Bench;

/// <summary>
/// Delivers events whose times wander over a number of open windows, without a copy: stretch after stretch of an array whose times lie
/// anywhere in so many windows,
/// each stretch that many windows later than the one before. Nothing fires within a stretch, everything behind it.
/// </summary>
internal static class Wandering
{
    /// <summary>Makes the events.</summary>
    /// <param name="count">The number of events.</param>
    /// <param name="windows">The windows that are open at once, of one second.</param>
    /// <param name="keys">The keys of a window.</param>
    public static Event[] Events(int count, int windows, int keys)
    {
        var events = GC.AllocateUninitializedArray<Event>(count);
        var state = 88172645463325252UL;
        ulong Next()
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            return state;
        }

        for (var i = 0; i < count; i++)
        {
            var place = Next() >> 32;
            events[i].Key = (long)Gen.Mix((Next() >> 32) * (ulong)keys >> 32);
            events[i].Timestamp = Gen.Base + (long)(place * (ulong)windows * Gen.Sec >> 32);
            events[i].Value = 1;
        }

        return events;
    }
}
