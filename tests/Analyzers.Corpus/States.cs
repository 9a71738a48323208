using System.Collections.Concurrent;
using System.Text;
using Weir;

namespace Corpus;

public sealed class States
{
    private const int Limit = 3;
    private static readonly Dictionary<string, double> Rates = new() { ["a"] = 1 };
    private static readonly Dictionary<string, double> Filled = [];
    private static readonly List<int> Grown = [];
    private static readonly ConcurrentDictionary<string, int> Cache = new();
    private static readonly AsyncLocal<int> Ambient = new();
    private static readonly int Fixed = int.Parse("3");
    private static int counter;
    private static int threshold = 3;
    private static int never = 3;

    [ThreadStatic]
    private static int ofThread;

    private readonly int _factor;
    private int _seen;

    public States(int factor) => _factor = factor;

    public static int Shared { get; set; }

    public static int Constant { get; } = 4;

    public static void Configure(string[] arguments)
    {
        threshold = arguments.Length;
        Shared = arguments.Length;
        Filled["b"] = 2;
        Settings.Instance.Factor = 2;
    }

    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades, int parameter)
    {
        var all = job.From(trades);
        var count = 0;
        var before = 1;
        before = 2;
        var after = 1;
        var list = new List<int>();
        var table = new Dictionary<string, int>();
        table["x"] = 1;
        var seen = new HashSet<string>();
        var text = new StringBuilder();
        var array = new int[3];
        var box = new Box();
        all.Select(t => ++count); // WEIR1008
        all.Select(t => after + t.Id); // WEIR1008
        after = 2;
        all.Where(t => seen.Add(t.Symbol)); // WEIR1008
        all.Select(t => { list.Add(t.Id); return t; }); // WEIR1008
        all.Select(t => text.Append(t.Symbol).Length); // WEIR1008
        all.Select(t => array[0] = t.Id); // WEIR1008
        all.Select(t => counter++); // WEIR1008
        all.Select(t => { counter += t.Id; return t; }); // WEIR1008
        all.Where(t => t.Id > threshold); // WEIR1008
        all.Select(t => Shared * t.Id); // WEIR1008
        all.Select(t => Filled["b"] * t.Price); // WEIR1008
        all.Select(t => { Grown.Add(t.Id); return t; }); // WEIR1008
        all.Select(t => Cache.GetOrAdd(t.Symbol, 1)); // WEIR1008
        all.Select(t => Ambient.Value); // WEIR1008
        all.Select(t => ofThread); // WEIR1008
        all.Select(t => { box.Value = t.Id; return t; }); // WEIR1008
        all.Select(t => Settings.Instance.Factor * t.Id); // WEIR1008
        all.Select(t => Count(t));
        all.Select(t => box.Next());
        all.Select(t =>
        {
            parameter += t.Id; // WEIR1008
            return parameter;
        });
        for (var i = 0; i < 3; i++)
        {
            all.Where(t => t.Id == i); // WEIR1008
        }

        all.Select(Counting());
        all.Select(t => { Remember(list, t); return t; }); // WEIR1008

        // Near misses.
        all.Where(t => t.Id > Limit);
        all.Where(t => t.Id > before);
        all.Where(t => t.Id > never);
        all.Where(t => t.Id > Fixed);
        all.Where(t => t.Id > Constant);
        all.Select(t => Rates[t.Symbol] * t.Price);
        all.Select(t => table["x"] + t.Id);
        all.Select(t =>
        {
            var sum = 0;
            foreach (var lot in t.Lots)
            {
                sum += lot;
            }

            return sum;
        });
        all.Select(t =>
        {
            var own = new List<int>();
            own.Add(t.Id);
            var inner = new Box();
            inner.Value = 3;
            return inner.Next() + own.Count;
        });
        all.Select(t =>
        {
            var total = 0;
            t.Lots.ForEach(lot => total += lot);
            return total;
        });
        foreach (var factor in new[] { 1, 2 })
        {
            all.Where(t => t.Id == factor);
        }

        all.Select(t => new StringBuilder().Append(t.Symbol).ToString());
        all.Select(t => { Remember([], t); return t; });
    }

    public void Define(Stream<Trade> all)
    {
        all.Select(t => t.Id * _factor);
        all.Select(t => _seen++); // WEIR1008
        all.Select(Tally);
    }

    private static Func<Trade, int> Counting()
    {
        var calls = 0;
        return t =>
        {
            calls++; // WEIR1008
            return t.Id;
        };
    }

    private static int Count(Trade t)
    {
        counter = t.Id; // WEIR1008
        return counter;
    }

    private static void Remember(List<int> list, Trade t) => list.Add(t.Id); // WEIR1008

    private int Tally(Trade t)
    {
        _seen = t.Id; // WEIR1008
        return t.Id;
    }
}

public sealed class Box
{
    private int _next;

    public int Value { get; set; }

    public int Next() => _next++; // WEIR1008
}

public sealed class Settings
{
    public static Settings Instance { get; } = new();

    public int Factor { get; set; } = 1;
}
