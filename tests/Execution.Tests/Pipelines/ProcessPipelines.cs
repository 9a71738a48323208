namespace Weir.Execution.Tests.Pipelines;

/// <summary>Pipelines with classes that keep state by key, in all the ways that C# has to write such a class.</summary>
internal static class ProcessPipelines
{
    [Pipeline]
    public static void Everything(Job job, ISource<Reading> source, ISink<string> sink)
    {
        var sensors = job.From(source).WithEventTime(r => r.Time, TimeSpan.FromSeconds(1)).KeyBy(r => r.Sensor);
        var counted = sensors.Process(() => new Counter(2));
        counted.Side(Counter.Odd).Select(level => $"odd {level % 2}")
            .Union(counted.Where(text => text.Length > 0))
            .Union(sensors.Process(() => new Latest<int>(r => r.Level)))
            .Union(sensors.Process(() => new Latest<string?>(r => r.Note)).Select(text => text + "!"))
            .Union(sensors.Process(() => new Holder<string>.Inner()))
            .Union(sensors.Process(Made))
            .To(sink);
    }

    [Pipeline]
    public static void Both(Job job, ISource<Reading> source, ISink<string> sink)
    {
        var timed = job.From(source).WithEventTime(r => r.Time, TimeSpan.FromSeconds(1));
        timed.Where(r => r.Level > 0).KeyBy(r => r.Sensor)
            .Connect(timed.Where(r => r.Level <= 0).Select(r => r.Sensor).KeyBy(sensor => sensor))
            .Process(() => new Meeting())
            .Select(text => text + ".")
            .To(sink);
    }

    [Pipeline]
    public static void Told(Job job, ISource<Reading> source, ISink<string> sink)
    {
        var timed = job.From(source).WithEventTime(r => r.Time, TimeSpan.FromSeconds(1));
        timed.Where(r => r.Level > 0).KeyBy(r => r.Sensor)
            .Connect(timed.Where(r => r.Level <= 0).Select(r => r.Sensor).Broadcast())
            .Process(() => new Hearing())
            .To(sink);
    }

    private static KeyedProcess<string, Reading, string> Made() => new Bare();

    public sealed class Counter(int step) : KeyedProcess<string, Reading, string>
    {
        public static readonly SideOutput<int> Odd = new();

        private readonly ValueState<int> _count = new();
        private readonly ValueState<long>[] _sums = [new(), new()];
        private readonly MapState<Colour, List<int>> _colours = new();
        private readonly ReducingState<int> _greatest = new(Math.Max);
        private readonly AggregatingState<int, (long Sum, int Count), double> _mean = new(new Mean(), StateTtl.Of(TimeSpan.FromDays(1)));
        private readonly ReducingState<long>[] _both = [new((a, b) => a + b), new ReducingState<long>((a, b) => a ^ b).Named("mixed")];

        public ListState<string?> Notes { get; } = new();

        public override void OnRecord(Reading record, ProcessContext<string, string> context)
        {
            _count.Value += step;
            _sums[record.Level & 1].Value += record.Level;
            Notes.Add(record.Note);
            _greatest.Add(record.Level);
            _mean.Add(record.Level);
            Array.ForEach(_both, both => both.Add(record.Level));
            if (!_colours.TryGetValue(record.Colour, out var levels))
            {
                _colours[record.Colour] = levels = [];
            }

            levels.Add(record.Level);
            context.RegisterEventTimer(long.MaxValue);
            if (record.Level % 2 != 0)
            {
                context.Emit(Odd, record.Level);
            }
        }

        // What came in which order depends on nothing but the source.
        public override void OnTimer(KeyedTimer timer, ProcessContext<string, string> context) => context.Emit(
            $"{context.Key} {_count.Value} {_sums[0].Value} {_sums[1].Value} {Notes.Count} {_greatest.Value} {_mean.Value:F3} "
                + $"{_both[0].Value} {_both[1].Value} "
                + string.Join(",", _colours.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key}:{entry.Value.Count}")));
    }

    public sealed class Mean : IAggregate<int, (long Sum, int Count), double>
    {
        public (long Sum, int Count) Create() => (0, 0);

        public void Add(ref (long Sum, int Count) accumulator, in int record) =>
            accumulator = (accumulator.Sum + record, accumulator.Count + 1);

        public void Merge(ref (long Sum, int Count) accumulator, in (long Sum, int Count) other) =>
            accumulator = (accumulator.Sum + other.Sum, accumulator.Count + other.Count);

        public double Result(in (long Sum, int Count) accumulator) => (double)accumulator.Sum / accumulator.Count;
    }

    public sealed class Meeting : KeyedProcess<string, Reading, string, string>
    {
        private readonly ValueState<int> _left = new();
        private readonly ValueState<int> _right = new();

        public override void OnLeft(Reading record, ProcessContext<string, string> context)
        {
            _left.Value++;
            context.RegisterEventTimer(long.MaxValue);
        }

        public override void OnRight(string record, ProcessContext<string, string> context)
        {
            _right.Value++;
            context.RegisterEventTimer(long.MaxValue);
        }

        public override void OnTimer(KeyedTimer timer, ProcessContext<string, string> context) =>
            context.Emit($"{context.Key} {_left.Value} {_right.Value}");
    }

    public sealed class Hearing : BroadcastProcess<string, Reading, string, string>
    {
        private readonly BroadcastState<string, int> _told = new();
        private readonly ValueState<int> _own = new();
        private readonly OperatorListState<string> _keys = new(Redistribution.Union);

        public override void OnRecord(Reading record, ProcessContext<string, string> context)
        {
            if (!_own.HasValue)
            {
                _keys.Add(context.Key);
            }

            _own.Value++;
            context.RegisterEventTimer(long.MaxValue);
        }

        public override void OnBroadcast(string sensor, BroadcastContext context) =>
            context.Writing(_told)[sensor] = _told.GetValueOrDefault(sensor) + 1;

        public override void OnTimer(KeyedTimer timer, ProcessContext<string, string> context) => context.Emit(
            $"{context.Key} {_own.Value} {_keys.Contains(context.Key)} "
                + string.Join(",", _told.OrderBy(told => told.Key, StringComparer.Ordinal).Select(told => $"{told.Key}:{told.Value}")));
    }

    internal sealed class Bare : KeyedProcess<string, Reading, string>
    {
        public override void OnRecord(Reading record, ProcessContext<string, string> context) => context.Emit(record.Sensor);
    }
}

/// <summary>States of a base class are wired where they are declared.</summary>
public abstract class Remembering<T> : KeyedProcess<string, Reading, string>
{
    private readonly ValueState<T> _last = new();

    protected ValueState<T> Last => _last;
}

public sealed partial class Latest<T>(Func<Reading, T> of) : Remembering<T>
{
    private readonly ListState<T> _all = new();

    public override void OnRecord(Reading record, ProcessContext<string, string> context)
    {
        Last.Value = of(record);
        _all.Add(of(record));
        context.RegisterEventTimer(long.MaxValue);
    }
}

public sealed partial class Latest<T>
{
    [WasNamed("_timers")]
    private readonly ValueState<int> _calls = new();

    public override void OnTimer(KeyedTimer timer, ProcessContext<string, string> context) =>
        context.Emit($"{context.Key} {++_calls.Ref} {_all.Count} {_all[^1]?.Equals(Last.Value) ?? Last.Value is null}");
}

public static class Holder<T>
{
    public sealed class Inner : KeyedProcess<string, Reading, string>
    {
        private readonly MapState<string, T> _seen = new();

        public override void OnRecord(Reading record, ProcessContext<string, string> context)
        {
            if (_seen.TryAdd($"{record.Colour}", default!))
            {
                context.Emit($"{context.Key} {_seen.Count}");
            }
        }
    }
}
