using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;
using Weir;
using static Corpus.NastyClock;

namespace Corpus;

public static class NastyHops
{
    private static readonly Dictionary<string, Func<Trade, long>> Table = new() { ["a"] = t => t.Id, ["b"] = FromTable };
    private static readonly (Func<Trade, long> First, int Second) Pair = (t => DateTime.UtcNow.Ticks, 2); // WEIR1001
    private static readonly Func<Func<long>> Nested = () => () => Environment.TickCount64; // WEIR1001
    private static readonly List<Func<Trade, bool>> Checks = [t => t.Id > 1, t => t.Time < DateTime.Now]; // WEIR1001

    private static Action<Trade>? s_seen;

    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades, Shape shape, IRate<int> rate)
    {
        var all = job.From(trades);
        all.Select(t => Stamp());
        all.Select(t => Property);
        all.Select(t => Table[t.Symbol](t));
        all.Select(t => Pair.First(t));
        all.Select(t => Nested()());
        all.Where(t => Checks.All(check => check(t)));
        all.Select(t => shape.Area(t));
        all.Select(t => rate.Of(t.Id));
        all.Select(t => new Made<Clocked>().Create().Value);
        all.Select(t => Build<Clocked>().Value);
        all.Select(t => new Sum(1) + t.Id);
        all.Select(t => new Sum(2) < new Sum(3));
        all.Select(t => (long)new Sum(1));
        all.Select(t => !new Sum(1));
        all.Select(t => { var sum = new Sum(1); sum += 2; return sum.Value; });
        all.Select(t => { foreach (var (left, right) in new Pairs()) { return left + right; } return 0L; });
        all.Select(t => { using (new Closing()) { return t.Id; } });
        all.Select(t => new Chain().Next().Next().End);
        all.Select(t => t switch { var other when IsLate(other) => 1, _ => 2 });
        all.Select(t => t is { Lots: [> 3, ..] } && Deep.Level1(t) > 3);
        all.Select(t => Local(t) + 1);
        all.Select(t => new Outer2 { Inner = { At = t.Time } }.Inner.At);
        all.Select(t => new Outer2() is { Inner.Now: > 3 });
        all.Select(t => Log($"{t.Id} is late"));
        all.Select(t => string.Concat("a", new Texted()));
        all.Select(t => $"{new Texted(),10}");
        all.Select(t => new StringBuilder().Append($"{new Texted()}").ToString());
        all.Select(t => string.Format("{0}", new Formatted()));
        all.Select(t => new Wrapped(new Inner(t)).Inner.Read());
        all.Select(t => ((Base1)new Derived1()).Run());
        all.Select(t => new Derived1().CallBase());
        all.Select(t => Fold(t.Lots, (sum, lot) => sum + lot + DateTime.Now.Hour)); // WEIR1001
        all.Select(t => { Out(out var f); return f(t); });
        all.Select(t => Choose(t.Id > 3)(t));
        var (get, _) = (new Func<Trade, long>(t => DateTime.UtcNow.Ticks), 3); // WEIR1001
        all.Select(t => get(t));
        var anonymous = new { Late = new Func<Trade, bool>(t => t.Time < DateTime.Now) }; // WEIR1001
        all.Where(anonymous.Late);
        all.Select(t => new[] { t }.Select(Mapped).Sum());
        all.Select(t => t.Lots.Where(lot => { return lot > DateTime.Now.Hour; }).Count()); // WEIR1001
        all.Select(t => (from lot in t.Lots where lot > Environment.TickCount select lot).Count()); // WEIR1001
        all.Select(t => (from lot in t.Lots let now = DateTime.Now.Hour select lot + now).Count()); // WEIR1001
        all.Select(t => (from lot in t.Lots join other in t.Lots on lot equals other + DateTime.Now.Hour select lot).Count()); // WEIR1001
        all.Select(t => t.Lots.Count > 3 ? Later(t) : t.Id);
        all.Select(t => new Lazy<Clocked>(Clocked.Make).Value.Value);
        all.Select(t => Cached.Instance.Read(t));
        all.Select(t => t.Lots.Aggregate(0L, Combine));
        all.Select(t => { s_seen?.Invoke(t); return t.Id; }); // WEIR1008
        all.Select(t => new Indexed2()[1..2]);
        all.Select(t => new Indexed2()[^1]);
        all.Select(t => new SortedSet<Ranked> { new(), new() }.Count);
        all.Select(t => new HashSet<Compared> { new(), new() }.Count);
        all.Select(t => (new Compared(), 1) == (new Compared(), 1));
        all.Select(t => { Span<int> lots = [1, 2]; lots.Sort((a, b) => DateTime.Now.Hour); return lots[0]; }); // WEIR1001
        all.Select(t => checked((int)new Sum(2)));
        all.Select(t => Recurse(t.Id));
        all.Select(t => { try { return t.Id; } finally { _ = Stamp2(); } });
        all.Select(t => { return Inner2(); long Inner2() => Inner3(); long Inner3() => DateTime.Now.Ticks; }); // WEIR1001
        all.Select((Trade t) => { lock (Table) { return t.Id; } }); // WEIR1007
        all.Select(t => Async(t).Id);

        // Near misses.
        all.Select(t => Table.Count);
        all.Select(t => new Quiet().Value);
        all.Select(t => typeof(NastyClock).Name + nameof(NastyClock.Property));
        all.Select(t => new Quiet() is { Value: > 3 });
        all.Select(t => Fold(t.Lots, (sum, lot) => sum + lot));
        all.Select(t => (from lot in t.Lots where lot > t.Id select lot).Count());

        long Local(Trade t) => Far(t);

        static long Far(Trade t) => DateTime.UtcNow.Ticks; // WEIR1001
    }

    public static void Prepare() => s_seen += t => { };

    private static long FromTable(Trade t) => DateTime.Now.Ticks; // WEIR1001

    private static bool IsLate(Trade t) => t.Time < DateTime.UtcNow; // WEIR1001

    private static T Build<T>()
        where T : new() => new();

    private static string Log(Handler handler) => handler.ToString();

    private static long Fold(List<int> lots, Func<long, int, long> add)
    {
        var sum = 0L;
        foreach (var lot in lots)
        {
            sum = add(sum, lot);
        }

        return sum;
    }

    private static void Out(out Func<Trade, long> f) => f = t => DateTime.Now.Ticks; // WEIR1001

    private static Func<Trade, long> Choose(bool late) => late switch { true => t => DateTime.Now.Ticks, false => t => t.Id }; // WEIR1001

    private static long Mapped(Trade t) => DateTime.Now.Ticks; // WEIR1001

    private static long Later(Trade t) => t.Id + Environment.TickCount64; // WEIR1001

    private static long Combine(long left, int right) => left + right + DateTime.Now.Ticks; // WEIR1001

    private static long Recurse(int depth) => depth > 3 ? DateTime.Now.Ticks : Recurse(depth + 1); // WEIR1001

    private static long Stamp2() => DateTime.Now.Ticks; // WEIR1001

    private static async Task<int> Async(Trade t) // WEIR1009
    {
        await Task.CompletedTask;
        return t.Id;
    }
}

public static class NastyClock
{
    public static long Property => DateTime.UtcNow.Ticks; // WEIR1001

    public static long Stamp() => DateTime.UtcNow.Ticks; // WEIR1001

    public static long Unused() => DateTime.UtcNow.Ticks;
}

public abstract class Shape
{
    public long Area(Trade t) => Core(t) + 1;

    protected abstract long Core(Trade t);
}

public sealed class Square : Shape
{
    protected override long Core(Trade t) => DateTime.UtcNow.Ticks; // WEIR1001
}

public interface IRate<T>
{
    long Of(T value);
}

public sealed class IntRate : IRate<int>
{
    public long Of(int value) => DateTime.UtcNow.Ticks; // WEIR1001
}

public sealed class TextRate : IRate<string>
{
    public long Of(string value) => DateTime.UtcNow.Ticks;
}

public sealed class Clocked
{
    public long Value { get; } = DateTime.UtcNow.Ticks; // WEIR1001

    public static Clocked Make() => new();
}

public sealed class Made<T>
    where T : new()
{
    public T Create() => new();
}

public readonly struct Sum(long value)
{
    public long Value { get; } = value;

    public static Sum operator +(Sum left, long right) => new(left.Value + right + DateTime.Now.Hour); // WEIR1001

    public static bool operator <(Sum left, Sum right) => DateTime.Now.Hour > 3; // WEIR1001

    public static bool operator >(Sum left, Sum right) => left.Value > right.Value;

    public static bool operator !(Sum value) => Environment.TickCount > 3; // WEIR1001

    public static explicit operator long(Sum value) => value.Value + DateTime.Now.Hour; // WEIR1001

    public static explicit operator checked int(Sum value) => DateTime.Now.Hour; // WEIR1001

    public static explicit operator int(Sum value) => (int)value.Value;
}

public sealed class Pairs : IEnumerable<Pairs.Item>
{
    public IEnumerator<Item> GetEnumerator()
    {
        yield return new();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public sealed class Item
    {
        public void Deconstruct(out long left, out long right) => (left, right) = (DateTime.Now.Ticks, 1); // WEIR1001
    }
}

public sealed class Closing : IDisposable
{
    void IDisposable.Dispose() => File.Delete("a"); // WEIR1007
}

public sealed class Chain
{
    public long End { get; private init; }

    public Chain Next() => new() { End = DateTime.Now.Ticks }; // WEIR1001
}

public static class Deep
{
    public static long Level1(Trade t) => Level2(t);

    private static long Level2(Trade t) => Level3.Of(t);

    private static class Level3
    {
        public static long Of(Trade t) => t.Stamped2();
    }

    private static long Stamped2(this Trade t) => Level4.Value;

    private static class Level4
    {
        public static long Value { get; } = Start();

        private static long Start() => DateTime.UtcNow.Ticks; // WEIR1001
    }
}

public sealed class Holder2
{
    public DateTime At { get; set; }

    public int Now => DateTime.Now.Hour; // WEIR1001
}

public sealed class Outer2
{
    public Holder2 Inner { get; } = new();
}

public sealed class Texted
{
    public override string ToString() => Guid.NewGuid().ToString("N"); // WEIR1002
}

public sealed class Formatted : IFormattable
{
    public string ToString(string? format, IFormatProvider? provider) => Environment.MachineName; // WEIR1003
}

[InterpolatedStringHandler]
public ref struct Handler(int length, int parts)
{
    private readonly StringBuilder _text = new(length + parts);

    public void AppendLiteral(string text) => _text.Append(text);

    public void AppendFormatted<T>(T value) => Console.Write(value); // WEIR1007

    public override string ToString() => _text.ToString();
}

public sealed record Inner(Trade Trade)
{
    public long Read() => DateTime.Now.Ticks; // WEIR1001
}

public sealed record Wrapped(Inner Inner);

public class Base1
{
    public virtual long Run() => 1;

    protected long Helper() => DateTime.Now.Ticks; // WEIR1001
}

public sealed class Derived1 : Base1
{
    public override long Run() => DateTime.Now.Ticks; // WEIR1001

    public long CallBase() => base.Helper();
}

public sealed class Cached
{
    private Cached()
    {
        Started = DateTime.UtcNow; // WEIR1001
    }

    public static Cached Instance { get; } = new();

    public DateTime Started { get; }

    public long Read(Trade t) => (t.Time - Started).Ticks;
}

public sealed class Indexed2
{
    public int Length => DateTime.Now.Hour; // WEIR1001

    public int this[int index] => index;

    public int Slice(int start, int length) => Environment.TickCount; // WEIR1001
}

public sealed class Ranked : IComparable<Ranked>
{
    public int CompareTo(Ranked? other) => DateTime.Now.Hour; // WEIR1001
}

public sealed class Compared : IEquatable<Compared>
{
    public bool Equals(Compared? other) => DateTime.Now.Hour > 3; // WEIR1001

    public override bool Equals(object? obj) => obj is Compared;

    public override int GetHashCode() => 1;

    public static bool operator ==(Compared left, Compared right) => DateTime.Now.Hour > 3; // WEIR1001

    public static bool operator !=(Compared left, Compared right) => false;
}

public sealed class Quiet
{
    public int Value => 3;

    public DateTime Loud => DateTime.Now;
}
