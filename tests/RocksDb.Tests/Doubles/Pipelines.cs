namespace Weir.RocksDbState.Tests.Doubles;

/// <summary>A value of a key at a time, all made of one number.</summary>
public sealed record Reading(DateTime At, string Key, long Value)
{
    /// <summary>The n-th reading: most keys come now and then, a few all the time.</summary>
    public static Reading Of(long n)
    {
        var mixed = (ulong)n * 0x9E3779B97F4A7C15UL;
        var key = mixed % 3 == 0 ? (mixed >> 32) % 10 : (mixed >> 32) % 2000;
        return new Reading(DateTime.UnixEpoch.AddSeconds(n), $"key {key}", (long)(mixed >> 40));
    }
}

/// <summary>What a window holds.</summary>
public sealed record Total(string Key, DateTime Start, int Count, long Sum);

/// <summary>What a process remembers of a key, at each of its readings and at its timers.</summary>
public sealed record Followed(string Key, long Number, long Sum, int Last, long Seen);

/// <summary>State of several kinds and a timer.</summary>
public sealed class Follow : KeyedProcess<string, Reading, Followed>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(50);

    private readonly ValueState<long> _number = new();
    private readonly ValueState<long> _sum = new();
    private readonly ListState<long> _last = new();
    private readonly MapState<long, long> _seen = new();

    /// <inheritdoc/>
    public override void OnRecord(Reading record, ProcessContext<string, Followed> context)
    {
        _number.Value++;
        _sum.Value += record.Value;
        _last.Add(record.Value);
        if (_last.Count > 5)
        {
            _last.RemoveAt(0);
        }

        _seen[record.Value % 7] = _number.Value;
        context.RegisterEventTimerAfter(Patience);
        context.Emit(Now(context.Key));
    }

    /// <inheritdoc/>
    /// <remarks>Which records came before depends on the batches: it tells of itself only.</remarks>
    public override void OnTimer(KeyedTimer timer, ProcessContext<string, Followed> context) =>
        context.Emit(new Followed(context.Key, -timer.Time, 0, 0, 0));

    private Followed Now(string key) => new(key, _number.Value, _sum.Value, _last.Count, _seen.Count);
}

/// <summary>A window beside the one before it: state of a key, and of a key and a window.</summary>
public sealed class Compare : WindowProcess<IReadOnlyList<Reading>, string, Total>
{
    private readonly ValueState<long> _before = new();
    private readonly ValueState<int> _fired = new(StateScope.Window);

    /// <inheritdoc/>
    public override void OnFire(IReadOnlyList<Reading> readings, WindowContext<string, Total> context)
    {
        var sum = readings.Sum(r => r.Value);
        _fired.Value++;
        context.Emit(new Total(context.Key, context.Window.Start, _fired.Value, sum - _before.Value));
        _before.Value = sum;
    }
}

/// <summary>The pipelines that are run on one backend and on the other.</summary>
public static class Pipelines
{
    /// <summary>A verb of each kind that keeps state by key.</summary>
    [Pipeline]
    public static void Define(Job job, long[] numbers, string output)
    {
        var readings = job.From(numbers)
            .Select(static n => Reading.Of(n))
            .WithEventTime(r => r.At, TimeSpan.FromMinutes(2));
        readings.KeyBy(r => r.Key).Window(Tumbling.Of(TimeSpan.FromMinutes(30)))
            .Aggregate(g => new Total(g.Key, g.Window.Start, g.Count(), g.Sum(r => r.Value))).Id("tumbling")
            .To(Files.JsonLines<Total>(Path.Combine(output, "tumbling")));
        readings.KeyBy(r => r.Key).Window(Sliding.Of(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(10)))
            .Aggregate(g => new Total(g.Key, g.Window.Start, g.Count(), g.Sum(r => r.Value))).Id("sliding")
            .To(Files.JsonLines<Total>(Path.Combine(output, "sliding")));
        readings.KeyBy(r => r.Key).Window(SessionWindow.WithGap(TimeSpan.FromMinutes(9)))
            .Aggregate(g => new Total(g.Key, g.Window.Start, g.Count(), g.Sum(r => r.Value))).Id("sessions")
            .To(Files.JsonLines<Total>(Path.Combine(output, "sessions")));
        readings.KeyBy(r => r.Key).Window(Tumbling.Of(TimeSpan.FromMinutes(30))).Process(() => new Compare()).Id("compared")
            .To(Files.JsonLines<Total>(Path.Combine(output, "compared")));
        readings.KeyBy(r => r.Key).Window(Tumbling.Of(TimeSpan.FromMinutes(20))).Trigger(Trigger.Count(2)).Process(() => new Compare()).Id("compared-counts")
            .To(Files.JsonLines<Total>(Path.Combine(output, "compared-counts")));
        readings.KeyBy(r => r.Key).Window(Tumbling.Of(TimeSpan.FromMinutes(30))).Trigger(Trigger.Count(3)).Evict(Evictor.Count(2))
            .Aggregate(g => new Total(g.Key, g.Window.Start, g.Count(), g.Sum(r => r.Value))).Id("evicted")
            .To(Files.JsonLines<Total>(Path.Combine(output, "evicted")));
        readings.KeyBy(r => r.Key).Window(CountWindow.Of(4, 2))
            .Aggregate(g => new Followed(g.Key, g.Count(), g.Sum(r => r.Value), 0, 0)).Id("counts")
            .To(Files.JsonLines<Followed>(Path.Combine(output, "counts")));
        readings.KeyBy(r => r.Key).Aggregate(g => new Followed(g.Key, g.Count(), g.Sum(r => r.Value), 0, 0)).Id("running")
            .To(Files.JsonLines<Followed>(Path.Combine(output, "running")));
        readings.KeyBy(r => r.Key).DistinctBy(r => r.Value % 5).Select(r => new Followed(r.Key, r.Value, 0, 0, 0)).Id("distinct")
            .To(Files.JsonLines<Followed>(Path.Combine(output, "distinct")));
        readings.KeyBy(r => r.Key).Process(() => new Follow()).Id("follow")
            .To(Files.JsonLines<Followed>(Path.Combine(output, "process")));
    }
}
