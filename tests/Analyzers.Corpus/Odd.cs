using System.Collections;
using System.Globalization;
using System.Text;
using Weir;

namespace Corpus;

public sealed record Filter(string Name, Func<Trade, bool> Test);

public static class Odd
{
    private static readonly Dictionary<string, Func<Trade, long>> Rules = new()
    {
        ["id"] = t => t.Id,
        ["now"] = t => DateTime.UtcNow.Ticks, // WEIR1001
    };

    private static readonly Filter[] Filters =
    [
        new("old", t => t.Time < DateTime.UtcNow), // WEIR1001
        new("big", t => t.Id > 3),
    ];

    public static event Func<Trade, long>? Raised;

    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades, Base given, int limit = 3)
    {
        var all = job.From(trades);
        Raised += t => Environment.TickCount64; // WEIR1001
        all.Select(t => Raised?.Invoke(t));
        all.Select(Rules["now"]);
        foreach (var filter in Filters)
        {
            all = all.Where(filter.Test);
        }

        foreach (var rule in new Func<Trade, bool>[] { t => t.Id > 1, t => t.Time < DateTime.Now }) // WEIR1001
        {
            all = all.Where(rule);
        }

        (Func<Trade, int> Left, Func<Trade, int> Right) pair = (t => t.Id, t => Environment.TickCount); // WEIR1001
        all.Select(pair.Right);
        all.Select(t => given.Virtual(t));
        all.Select(t => new Chained(t.Id).Value);
        all.Select(t => new FromBase().Value);
        all.Select(t => ((IDefaulted)new Defaulted()).Stamp());
        all.Select(t => Constrained(new ByTicks(), t));
        all.Where(t => new Watched() is { Now: > 3 });
        all.Where(t => new Indexed() is [1, ..]);
        all.Select(t => new Indexed()[^1]);
        all.Select(t => t.Lots.OrderBy(lot => lot, new ByMood()).First());
        all.Select(t => t.Lots.Distinct(new ByWhim()).Count());
        all.Select(t => string.Join(",", new List<Named> { new() }));
        all.Select(t => new StringBuilder().Append(new Named()).ToString());
        all.Where(t => new Loose() == new Loose());
        all.Where(t => new Loose() ? true : false);
        all.Select(t => (int)new Loose());
        all.Select(t =>
        {
            var loose = new Loose();
            loose++;
            return loose;
        });
        all.Select(t =>
        {
            try
            {
                return t.Id;
            }
            catch (Exception) when (DateTime.UtcNow.Hour > 3) // WEIR1001
            {
                return 0;
            }
        });
        all.Select(t => Holder.Instance.Stamp());
        all.Select(t => Twice(() => DateTime.UtcNow.Ticks)); // WEIR1001
        all.SelectMany(t => Local(t));
        all.Select(t => new { t.Id, At = DateTime.UtcNow }); // WEIR1001
        all.Select(t => (t.Id, DateTime.UtcNow)); // WEIR1001
        all.Select(t => new Set { At = t.Time });
        all.Select(t => checked(t.Id + Environment.TickCount)); // WEIR1001
        all.Select(t => { goto end; end: return DateTime.Now; }); // WEIR1001
        all.Select(t => t with { Time = DateTime.Now }); // WEIR1001
        all.Select(t => (t ?? throw new InvalidOperationException()).Id);
        all.Select(t => typeof(DateTime).GetProperty(nameof(DateTime.Now))!.Name);
        all.Select(static t => DateTime.Now.Ticks); // WEIR1001
        all.Select(t => new Manual().Sum());
        all.Select(t =>
        {
            foreach (var item in new Manual())
            {
                return item;
            }

            return 1;
        });
        all.Select(t => Partial.Run(t));
        all.Select(t => t.Symbol.Select(letter => char.ToUpper(letter)).ToArray()); // WEIR1005
        all
            .Where(t => t.Id > limit)
            .Select(t => t.Tags
                .Where(tag => tag.Length > 1)
                .First()); // WEIR1006
        all.Select(
            t => t.Symbol
                + DateTime.Now.Ticks); // WEIR1001

        IEnumerable<long> Local(Trade t)
        {
            yield return DateTime.UtcNow.Ticks; // WEIR1001
        }
    }

    private static long Constrained<T>(T scorer, Trade t)
        where T : IScorer => scorer.Score(t);

    private static long Twice(Func<long> read) => read() + read();

    // Near misses: nobody calls these from a pipeline.
    public static void Prepare()
    {
        Rules["later"] = t => t.Id;
        Console.WriteLine(Twice(() => Environment.TickCount64));
        Console.WriteLine(new Unused().Virtual(null!));
    }
}

public abstract class Base
{
    public virtual long Virtual(Trade trade) => trade.Id;
}

public sealed class Overriding : Base
{
    public override long Virtual(Trade trade) => DateTime.UtcNow.Ticks; // WEIR1001
}

public sealed class Unused
{
    public long Virtual(Trade trade) => DateTime.UtcNow.Ticks;
}

public class Chained
{
    public Chained(int id)
        : this(id + DateTime.Now.Ticks) // WEIR1001
    {
    }

    private Chained(long value) => Value = value;

    public long Value { get; }
}

public sealed class FromBase() : Chained(DateTime.Now.Hour); // WEIR1001

public interface IDefaulted
{
    long Stamp() => DateTime.UtcNow.Ticks; // WEIR1001
}

public sealed class Defaulted : IDefaulted;

public sealed class ByTicks : IScorer
{
    public long Score(Trade trade) => Environment.TickCount64; // WEIR1001
}

public sealed class Watched
{
    public int Now => DateTime.Now.Hour; // WEIR1001
}

public sealed class Indexed
{
    public int Count => 3;

    public int this[int index] => index + DateTime.Now.Hour; // WEIR1001
}

public sealed class ByMood : IComparer<int>
{
    public int Compare(int left, int right) => DateTime.Now.Hour; // WEIR1001
}

public sealed class ByWhim : IEqualityComparer<int>
{
    public bool Equals(int left, int right) => Random.Shared.Next() > 3; // WEIR1002

    public int GetHashCode(int value) => 1;
}

public sealed class Named
{
    public override string ToString() => Guid.NewGuid().ToString(); // WEIR1002
}

public sealed class Loose
{
    public static bool operator ==(Loose left, Loose right) => DateTime.Now.Hour > 3; // WEIR1001

    public static bool operator !=(Loose left, Loose right) => false;

    public static bool operator true(Loose value) => DateTime.Now.Hour > 3; // WEIR1001

    public static bool operator false(Loose value) => false;

    public static implicit operator int(Loose value) => DateTime.Now.Hour; // WEIR1001

    public static Loose operator ++(Loose value) => DateTime.Now.Hour > 3 ? value : new(); // WEIR1001

    public override bool Equals(object? obj) => true;

    public override int GetHashCode() => 1;
}

public sealed class Holder
{
    public static Holder Instance { get; } = new();

    public long Stamp() => DateTime.UtcNow.Ticks; // WEIR1001
}

public sealed class Set
{
    private DateTime _at;

    public DateTime At
    {
        get => _at;
        init => _at = value > DateTime.Now ? value : default; // WEIR1001
    }
}

public sealed class Manual : IEnumerable<int>
{
    public IEnumerator<int> GetEnumerator() => new Enumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Enumerator : IEnumerator<int>
    {
        public int Current => 1;

        object IEnumerator.Current => Current;

        public bool MoveNext() => DateTime.Now.Hour > 3; // WEIR1001

        public void Reset()
        {
        }

        public void Dispose()
        {
        }
    }
}

public static partial class Partial
{
    public static partial long Run(Trade trade);
}

public static partial class Partial
{
    public static partial long Run(Trade trade) => DateTime.Now.Ticks; // WEIR1001
}
