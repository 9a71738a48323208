using Weir;

namespace Corpus;

public static class Aggregates
{
    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades)
    {
        var windows = job.From(trades)
            .WithEventTime(t => t.Time, TimeSpan.Zero)
            .KeyBy(t => t.Symbol)
            .Window(Tumbling.Of(TimeSpan.FromHours(1)));
        windows.Aggregate(new Stamping());
        windows.Aggregate(new Counting(3), (key, window, value) => new Line(key, Environment.TickCount64)); // WEIR1001
        windows.Aggregate(new Remembering());
        windows.Aggregate(new Steady(3));
        windows.Aggregate(new Ending());
        job.From(trades)
            .WithEventTime(t => t.Time, TimeSpan.Zero)
            .KeyBy(t => t.Symbol)
            .Window(new Drifting())
            .Aggregate(g => g.Count());
        windows.Aggregate(g => g.Sum(t => t.Price * DateTime.UtcNow.Hour)); // WEIR1001
        windows.Aggregate(g => g.Where(t => Random.Shared.Next() > 3).Count()); // WEIR1002
        windows.Aggregate(g => Describe(g.Count()));
    }

    private static string Describe(int count) => $"{Environment.MachineName}: {count}"; // WEIR1003
}

public sealed class Stamping : IAggregate<Trade, long, long>
{
    public long Create() => DateTime.UtcNow.Ticks; // WEIR1001

    public void Add(ref long accumulator, in Trade record) => accumulator = Newer(accumulator);

    public void Merge(ref long accumulator, in long other) => accumulator += Environment.TickCount64; // WEIR1001

    public long Result(in long accumulator) => accumulator;

    private static long Newer(long before) => Math.Max(before, DateTime.UtcNow.Ticks); // WEIR1001
}

public sealed class Counting(int start) : IAggregate<Trade, long, long>
{
    private long _count = start; // WEIR2003
    private int _unchanged = 3;
    private readonly Dictionary<string, int> _seen = []; // WEIR2003

    public int Last { get; private set; } // WEIR2003

    public int Limit { get; init; }

    public long Create() => _unchanged + Limit;

    public void Add(ref long accumulator, in Trade record)
    {
        _count++;
        _seen[record.Symbol] = 1;
        Last = record.Id;
        accumulator = _count;
    }

    public void Merge(ref long accumulator, in long other) => accumulator += other;

    public long Result(in long accumulator) => accumulator;
}

public sealed class Remembering : IAggregate<Trade, int, string>
{
    private readonly List<string> _names = []; // WEIR2003
    private readonly int[] _sizes = new int[4]; // WEIR2003
    private (int First, int Second) _pair; // WEIR2003
    private string? _text; // WEIR2003

    public int Create() => 0;

    public void Add(ref int accumulator, in Trade record)
    {
        _names.Add(record.Symbol);
        _sizes[0] = record.Id;
        _pair.First = record.Id;
        _text ??= record.Text;
        accumulator++;
    }

    public void Merge(ref int accumulator, in int other) => accumulator += other;

    public string Result(in int accumulator) => string.Join(",", _names);
}

public sealed class Steady : IAggregate<Trade, int, int>
{
    private static readonly Dictionary<string, int> Weights = new() { ["a"] = 1 };
    private readonly int _factor;
    private readonly List<int> _steps;
    private int _offset;

    public Steady(int factor)
    {
        _factor = factor;
        _offset = factor + 1;
        _steps = [];
        _steps.Add(factor);
    }

    public int Create() => 0;

    public void Add(ref int accumulator, in Trade record) =>
        accumulator += record.Id * _factor + _offset + _steps.Count + Weights.GetValueOrDefault(record.Symbol);

    public void Merge(ref int accumulator, in int other) => accumulator += other;

    public int Result(in int accumulator) => accumulator;
}

public abstract class Common : IAggregate<Trade, int, int>
{
    public int Create() => 0;

    public abstract void Add(ref int accumulator, in Trade record);

    public void Merge(ref int accumulator, in int other) => accumulator += other;

    public virtual int Result(in int accumulator) => accumulator;
}

public sealed class Ending : Common
{
    public override void Add(ref int accumulator, in Trade record) => accumulator += record.Id;

    public override int Result(in int accumulator) => accumulator + Guid.NewGuid().ToByteArray()[0]; // WEIR1002
}

public sealed record Drifting : CustomWindows
{
    public override IEnumerable<TimeWindow> WindowsOf(long time) => [new(time, time + DateTime.UtcNow.Ticks)]; // WEIR1001
}

public sealed class NotAnAggregate
{
    private int _count;

    public void Add() => _count++;

    public long Create() => DateTime.UtcNow.Ticks;
}
