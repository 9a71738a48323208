using System.Globalization;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Running;

/// <summary>
/// Finds out where event time stands still for one silent input, while others give records: no window ends then, and nothing else says why.
/// Pure; looks as often as it is called.
/// </summary>
/// <remarks>
/// Where nothing comes at all there is nothing to tell, nor where the input that is waited for does give records. Each standstill is told
/// once, and of one operator at most one in ten minutes: an input that gives a record a minute would tell of itself each time.
/// </remarks>
internal sealed class Standstills
{
    /// <summary>How long event time stands still before it is told.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The least time between two that are told of one operator.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, Watched> _operators = new(StringComparer.Ordinal);

    /// <summary>Looks.</summary>
    /// <param name="now">The time since the start.</param>
    /// <param name="operators">What is known of the operators that assign event times.</param>
    /// <returns>What is to be told.</returns>
    public IReadOnlyList<string> Look(TimeSpan now, IEnumerable<(string Id, Waiting Waiting)> operators)
    {
        var told = new List<string>();
        foreach (var (id, waiting) in operators)
        {
            var known = _operators.GetValueOrDefault(id);
            if (known is null || !known.StandsAt(waiting))
            {
                _operators[id] = new Watched(waiting, now, known?.ToldAt);
                continue;
            }

            var seen = known.With(waiting);
            if (!known.IsTold && seen.LooksWithOthers > 1 && now - known.Since >= Patience
                && (known.ToldAt is not { } last || now - last >= Silence))
            {
                told.Add(TextOf(id, waiting, now - known.Since));
                seen = seen with { IsTold = true, ToldAt = now };
            }

            _operators[id] = seen;
        }

        return told;
    }

    private static string TextOf(string id, Waiting waiting, TimeSpan time)
    {
        var at = JobMonitor.TimeOf(waiting.Watermark) is { } reached
            ? string.Create(CultureInfo.InvariantCulture, $"stands at {reached:yyyy-MM-dd'T'HH:mm:ss.FFF'Z'}")
            : "has not begun";
        var seconds = Math.Floor(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return $"Event time {at} behind operator '{id}' for {seconds} s, and no window ends: it waits for {waiting.Input}, which has given "
            + "no record in that time, while others have. If it may be silent, say for how long it is waited for: "
            + ".WithEventTime(…).IdleAfter(TimeSpan.FromSeconds(30)).";
    }

    // Since when all has been the same, and at how many looks others had given records meanwhile.
    private sealed record Watched(Waiting Waiting, TimeSpan Since, TimeSpan? ToldAt)
    {
        public int LooksWithOthers { get; private init; }

        public bool IsTold { get; init; }

        public bool StandsAt(Waiting now) =>
            now.Input is not null && (now.Input, now.Watermark, now.OfInput) == (Waiting.Input, Waiting.Watermark, Waiting.OfInput);

        public Watched With(Waiting now) =>
            this with { Waiting = now, LooksWithOthers = LooksWithOthers + (now.OfAll > Waiting.OfAll ? 1 : 0) };
    }
}
