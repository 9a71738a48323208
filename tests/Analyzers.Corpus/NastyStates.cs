using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Weir;

namespace Corpus;

public static class NastyStates
{
    private static readonly ConcurrentDictionary<string, int> Memo = new();
    private static readonly FrozenDictionary<string, int> Frozen = new Dictionary<string, int> { ["a"] = 1 }.ToFrozenDictionary();
    private static readonly ImmutableList<int> Fixed = [1, 2, 3];
    private static readonly int[] Weights = [1, 2, 3];
    private static readonly int[] Filled = new int[3];
    private static readonly AsyncLocal<int> Ambient = new();
    private static readonly StringBuilder Text = new();
    private static readonly NastyBox Shared = new();
    private static ImmutableDictionary<string, int> s_rates = ImmutableDictionary<string, int>.Empty;
    private static (int Left, int Right) s_pair;
    private static Point s_point;

    [ThreadStatic]
    private static int t_calls;

    private static int s_never = 3;
    private static int s_started;

    static NastyStates() => s_started = 4;

    public static int Level { get; set; } = 1;

    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades, int[] given, Counter counter)
    {
        var all = job.From(trades);
        var count = 0;
        var total = 0L;
        var seen = new HashSet<string>();
        var last = new Dictionary<string, Trade>();
        var limits = new int[] { 1, 2 };
        var pair = (A: 1, B: 2);
        var point = new Point();
        var box = new NastyBox();
        var names = new List<string> { "a" };
        Trade? previous = null;
        names.Add("b");
        all.Select(t => ++count); // WEIR1008
        all.Select(t => total += t.Id); // WEIR1008
        all.Where(t => seen.Add(t.Symbol)); // WEIR1008
        all.Select(t => last[t.Symbol] = t); // WEIR1008
        all.Select(t => limits[0]++); // WEIR1008
        all.Select(t => { pair.A = t.Id; return t; }); // WEIR1008
        all.Select(t => { point.X = t.Id; return t; }); // WEIR1008
        all.Select(t => { (previous, var old) = (t, previous); return old; }); // WEIR1008
        all.Select(t => previous ??= t); // WEIR1008
        all.Select(t => Swap(ref count, t.Id)); // WEIR1008
        all.Select(t => Interlocked.Add(ref total, t.Id)); // WEIR1008
        all.Select(t => Memo.GetOrAdd(t.Symbol, symbol => symbol.Length)); // WEIR1008
        all.Select(t => Memo.AddOrUpdate(t.Symbol, 1, (_, n) => n + 1)); // WEIR1008
        all.Select(t => Ambient.Value); // WEIR1008
        all.Select(t => Text.Append(t.Symbol).Length); // WEIR1008
        all.Select(t => t_calls++); // WEIR1008
        all.Select(t => s_rates[t.Symbol]); // WEIR1008
        all.Select(t => s_pair.Left); // WEIR1008
        all.Select(t => s_point.X); // WEIR1008
        all.Select(t => Filled[0]); // WEIR1008
        all.Select(t => Level); // WEIR1008
        all.Select(t => Shared.Value); // WEIR1008
        all.Select(t => counter.Next()); // the counter is a parameter: its own line says so
        all.Select(t => Helper(t, seen)); // WEIR1008
        all.Select(t => { ref var first = ref limits[0]; first = t.Id; return first; }); // WEIR1008
        all.Select(t => { box.Value = t.Id; return box.Value; }); // WEIR1008
        all.Where(t => { var set = seen; return set.Add(t.Symbol); }); // WEIR1008
        all.Select(t => Draw.Next(10)); // WEIR1002

        // Near misses.
        all.Select(t => Frozen.GetValueOrDefault(t.Symbol));
        all.Select(t => Fixed[0]);
        all.Select(t => Weights[1]);
        all.Select(t => given.Length);
        all.Select(t => Weights.AsEnumerable().Reverse().First() + Weights[0]);
        var config = new Config();
        config.Limit = 4;
        all.Where(t => t.Id > config.Limit);
        all.Select(t => s_never);
        all.Select(t => s_started);
        all.Select(t => names.Count);
        all.Select(t => { var local = 0; local++; return local; });
        all.Select(t => { var own = new List<int>(); own.Add(t.Id); return own; });
        all.Select(t => { var own = new NastyBox(); own.Value = t.Id; return own.Value; });
        all.Select(t => { var own = (A: 1, B: 2); own.A = t.Id; return own; });
        all.Select(t => { var text = new StringBuilder(); text.Append(t.Symbol); return text.ToString(); });
        all.Select(t => { var sum = 0; t.Lots.ForEach(lot => sum += lot); return sum; });
        all.Select(t => { Fill(out var filled); return filled; });
        all.Select(t => new Random(t.Id).Next());
        all.Select(t => { var copy = pairOf(t); copy.Left++; return copy; });
        var query = from t in all where t.Id > 3 select t.Symbol;

        static (int Left, int Right) pairOf(Trade t) => (t.Id, 1);
    }

    public static void Change()
    {
        s_rates = s_rates.Add("a", 1);
        s_pair.Left = 3;
        s_point.X = 4;
        Filled[0] = 1;
        Level = 2;
        Shared.Value = 3;
    }

    private static Random Draw { get; } = new();

    private static bool Helper(Trade t, HashSet<string> seen) => seen.Add(t.Symbol); // WEIR1008

    private static int Swap(ref int place, int value)
    {
        var before = place;
        place = value;
        return before;
    }

    private static void Fill(out int value) => value = 3;
}

public sealed class Counter
{
    private int _value;

    public int Next() => ++_value; // WEIR1008
}

public sealed class Config
{
    public int Limit { get; set; }
}

public sealed class NastyBox
{
    public int Value { get; set; }
}

public struct Point
{
    public int X;
}
