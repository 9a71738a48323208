using System.Collections;
using Weir;

namespace Corpus;

public static class Hops
{
    private static readonly DateTime Loaded = DateTime.UtcNow; // WEIR1001
    private static readonly DateTime Unused = DateTime.UtcNow;
    private static readonly Func<Trade, bool> Stored = t => t.Time < DateTime.UtcNow; // WEIR1001
    private static readonly Func<Trade, long>[] Table = [t => t.Id, t => DateTime.UtcNow.Ticks]; // WEIR1001

    private static Func<Trade, bool> Chosen => t => t.Time < DateTime.Today; // WEIR1001

    private static Func<Trade, bool> Settable { get; set; } = t => t.Time < DateTime.Now; // WEIR1001

    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades, IScorer scorer, bool isLate)
    {
        var all = job.From(trades);
        all.Select(t => One(t));
        all.Select(t => Two(t));
        all.Select(Group);
        all.Select(t => t.Lots.Select(Inner).Sum());
        all.Where(Stored);
        all.Where(Chosen);
        all.Where(Settable);
        all.Select(Table[1]);
        Func<Trade, long> local = t => DateTime.UtcNow.Ticks; // WEIR1001
        all.Select(local);
        Func<Trade, long> late = isLate ? t => t.Id : t => Environment.TickCount64; // WEIR1001
        all.Select(late);
        Func<Trade, long> assigned;
        assigned = t => DateTime.Now.Ticks; // WEIR1001
        all.Select(assigned);
        all.Select(Make(3));
        all.Select(MakeGroup());
        Apply(all, t => DateTime.UtcNow.Ticks); // WEIR1001
        Custom(all, t => Environment.TickCount); // WEIR1001
        all.Select(Local);
        all.Select(t => Outer(t));
        all.Select(t => t.Now());
        all.Select(t => new Stamp(t).Age);
        all.Select(t => new Derived().Value);
        all.Select(t => (Money)t.Id);
        all.Select(t => new Money(1) + new Money(2));
        all.Select(t => -new Money(1));
        all.SelectMany(t => Iterate(t));
        all.Select(t => scorer.Score(t));
        all.Select(t => new Shop()["x"]);
        all.Select(t => new Shop { Name = "x" });
        all.Select(t =>
        {
            var (left, right) = new Shop();
            return left + right;
        });
        all.Select(t =>
        {
            foreach (var item in new Ticks())
            {
                return item;
            }

            return 0;
        });
        all.Select(t =>
        {
            using var scope = new Scope();
            return t;
        });
        all.Select(t => new Bag { 1, 2 });
        all.Select(t => $"{new Shop()}");
        all.Where(t => new Versioned(1, new Stamped()) == new Versioned(1, new Stamped()));
        all.Select(t => new Copied(1) with { Id = 2 });
        all.Select(t => Generic<FromClock>());
        all.Select(t => new Shop() is (1, _));
        all.Select(t => Recursive(t, 3));
        all.Select(t => Even(t.Id));
        all.Where(t => new Sorted[] { new(), new() }.Order().Any());
        all.Select(t => Loaded);
        all.Select(t => Initialized.Value);
        all.Select(t => new Fielded().Id);
        all.Select(t => new Wrapper(x => DateTime.Now.Ticks).Run(t)); // WEIR1001
        all.Where((Trade t) => t.Time < DateTime.UtcNow && t.Id > 1); // WEIR1001
        all.Where(delegate(Trade t) { return t.Time < DateTime.UtcNow; }); // WEIR1001
        var query = from t in all where t.Time < DateTime.UtcNow select t.Id; // WEIR1001
        all.Select(t => Extra.Deep(t));
        all.Select(t => new Lazy<long>(() => DateTime.UtcNow.Ticks).Value); // WEIR1001
        var lazy = new Lazy<long>(() => DateTime.UtcNow.Ticks); // WEIR1001
        all.Select(t => lazy.Value);
        all.Select(new Instance().Method);
        all.Select(t => t switch { { Id: > 3 } => DateTime.UtcNow.Ticks, _ => 0 }); // WEIR1001
        all.Select(t => t.Id > 3 ? t.Id : Random.Shared.Next()); // WEIR1002

        // Near misses.
        all.Select(t => nameof(One));
        all.Select(t => Unreached.Pure(t));
        all.Where(t => t.Id > 3);

        long Local(Trade t) => DateTime.UtcNow.Ticks; // WEIR1001

        static long Outer(Trade t)
        {
            return Within();

            long Within() => DateTime.Now.Ticks; // WEIR1001
        }

        long NeverCalled(Trade t) => DateTime.UtcNow.Ticks;
    }

    private static long One(Trade t) => DateTime.UtcNow.Ticks; // WEIR1001

    private static long Two(Trade t) => Three(t) + 1;

    private static long Three(Trade t) => Four();

    private static long Four()
    {
        var now = DateTime.Now; // WEIR1001
        return now.Ticks;
    }

    private static long Group(Trade t) => Environment.TickCount64; // WEIR1001

    private static int Inner(int lot) => lot + DateTime.Now.Hour; // WEIR1001

    private static Func<Trade, long> Make(int days) => t => DateTime.UtcNow.AddDays(days).Ticks; // WEIR1001

    private static Func<Trade, long> MakeGroup()
    {
        return Grouped;
    }

    private static long Grouped(Trade t) => DateTime.UtcNow.Ticks; // WEIR1001

    private static Stream<long> Apply(Stream<Trade> trades, Func<Trade, long> function) => trades.Select(t => function(t));

    private static Stream<int> Custom(Stream<Trade> trades, [Deterministic] Func<Trade, int> function) => trades.Select(function);

    private static DateTime Now(this Trade t) => DateTime.UtcNow; // WEIR1001

    private static IEnumerable<long> Iterate(Trade t)
    {
        yield return t.Id;
        yield return DateTime.UtcNow.Ticks; // WEIR1001
    }

    private static long Generic<T>()
        where T : IClocked => T.Read();

    private static int Recursive(Trade t, int depth) => depth == 0 ? DateTime.Now.Hour : Recursive(t, depth - 1); // WEIR1001

    private static bool Even(int n) => n == 0 ? DateTime.Now.Hour > 1 : Odd(n - 1); // WEIR1001

    private static bool Odd(int n) => n != 0 && Even(n - 1);

    private static long NotCalled(Trade t) => DateTime.UtcNow.Ticks;
}

public interface IScorer
{
    long Score(Trade trade);
}

public interface IClocked
{
    static abstract long Read();
}

public sealed class ByClock : IScorer
{
    public long Score(Trade trade) => DateTime.UtcNow.Ticks; // WEIR1001

    public long Other(Trade trade) => DateTime.UtcNow.Ticks;
}

public sealed class ByPrice : IScorer
{
    long IScorer.Score(Trade trade) => (long)trade.Price;
}

public sealed class FromClock : IClocked
{
    public static long Read() => DateTime.UtcNow.Ticks; // WEIR1001
}

public sealed class Stamp(Trade trade)
{
    private readonly DateTime _made = DateTime.UtcNow; // WEIR1001

    public TimeSpan Age => _made - trade.Time;
}

public class Ancestor
{
    protected Ancestor() => Value = DateTime.UtcNow.Ticks; // WEIR1001

    public long Value { get; }
}

public sealed class Derived : Ancestor;

public sealed class Fielded
{
    public Guid Id { get; } = Guid.NewGuid(); // WEIR1002
}

public readonly struct Money(long amount)
{
    public long Amount { get; } = amount;

    public static explicit operator Money(int amount) => new(amount + DateTime.Now.Ticks); // WEIR1001

    public static Money operator +(Money left, Money right) => new(left.Amount + right.Amount + DateTime.Now.Ticks); // WEIR1001

    public static Money operator -(Money value) => new(DateTime.Now.Ticks - value.Amount); // WEIR1001
}

public sealed class Shop
{
    private string _name = "";

    public string Name
    {
        get => _name;
        set => _name = value + DateTime.Now.Ticks; // WEIR1001
    }

    public long this[string key] => key.Length + DateTime.Now.Ticks; // WEIR1001

    public void Deconstruct(out long left, out long right)
    {
        left = DateTime.UtcNow.Ticks; // WEIR1001
        right = 1;
    }

    public override string ToString() => _name + DateTime.UtcNow.Ticks; // WEIR1001
}

public sealed class Ticks : IEnumerable<long>
{
    public IEnumerator<long> GetEnumerator()
    {
        yield return DateTime.UtcNow.Ticks; // WEIR1001
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public sealed class Scope : IDisposable
{
    public void Dispose() => Console.WriteLine("done"); // WEIR1007
}

public sealed class Bag : IEnumerable
{
    public void Add(int item) => Console.WriteLine(item); // WEIR1007

    public IEnumerator GetEnumerator() => throw new NotSupportedException();
}

public sealed record Versioned(int Id, Stamped Stamped);

public sealed class Stamped
{
    public override bool Equals(object? obj) => DateTime.UtcNow.Ticks > 0; // WEIR1001

    public override int GetHashCode() => 1;
}

public sealed record Copied(int Id)
{
    public Copied(Copied other)
    {
        Id = other.Id + DateTime.Now.Hour; // WEIR1001
    }
}

public sealed class Sorted : IComparable<Sorted>
{
    public int CompareTo(Sorted? other) => DateTime.Now.Hour; // WEIR1001
}

public static class Initialized
{
    static Initialized() => Value = DateTime.UtcNow.Ticks; // WEIR1001

    public static long Value { get; }
}

public sealed class Wrapper(Func<Trade, long> function)
{
    private readonly Func<Trade, long> _function = function;

    public long Run(Trade trade) => _function(trade);
}

public static class Extra
{
    public static long Deep(Trade trade) => trade.Lots.Select(lot => Deeper(lot)).Sum();

    private static long Deeper(int lot)
    {
        try
        {
            return lot + Environment.TickCount64; // WEIR1001
        }
        finally
        {
            Console.WriteLine("done"); // WEIR1007
        }
    }
}

public sealed class Instance
{
    public long Method(Trade trade) => DateTime.UtcNow.Ticks; // WEIR1001

    public long Unused(Trade trade) => DateTime.UtcNow.Ticks;
}

public static class Unreached
{
    public static int Pure(Trade trade) => trade.Id;

    public static DateTime Impure() => DateTime.UtcNow;
}
