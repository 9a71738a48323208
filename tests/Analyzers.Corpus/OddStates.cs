using System.Collections.Concurrent;
using System.Text.Json;
using Weir;

namespace Corpus;

public sealed class OddStates
{
    private static readonly int[] Slots = new int[4];
    private static readonly ConcurrentQueue<int> Queue = new();
    private static readonly List<string> Names = ["a"];
    private static (int Left, int Right) sizes;
    private static int total;
    private readonly Dictionary<int, Trade> _last = [];

    public int Offset { get; set; } = 1;

    public static void Main2(string[] arguments) => Names.Add(arguments[0]);

    public void Move() => Offset = 2;

    public void Define(Stream<Trade> all)
    {
        all.Select(t => { Slots[0] = t.Id; return t; }); // WEIR1008
        all.Select(t => { Queue.Enqueue(t.Id); return t; }); // WEIR1008
        all.Where(t => Names.Contains(t.Symbol)); // WEIR1008
        all.Select(t => sizes = (t.Id, t.Id)); // WEIR1008
        all.Select(t => { sizes.Left++; return t; }); // WEIR1008
        all.Select(t => Interlocked.Increment(ref total)); // WEIR1008
        all.Select(t => t.Id + Offset); // WEIR1008
        all.Select(t => { _last[t.Id] = t; return t; }); // WEIR1008
        var previous = 0;
        all.Select(Difference);
        var steps = new[] { 1, 2 }.AsEnumerable().GetEnumerator();
        all.Where(t => steps.MoveNext()); // WEIR1008
        var stopped = false;
        Console.CancelKeyPress += (_, _) => stopped = true;
        all.Where(t => !stopped); // WEIR1008
        var alias = _last;
        all.Select(t => { alias.Clear(); return t; }); // WEIR1008
        int chosen;
        if (DateTime.Now.Hour > 3)
        {
            chosen = 1;
        }
        else
        {
            chosen = 2;
        }

        all.Where(t => t.Id > chosen);

        int Difference(Trade t)
        {
            var difference = t.Id - previous;
            previous = t.Id; // WEIR1008
            return difference;
        }
    }

    public static void Orders(Stream<Trade> all)
    {
        all.SelectMany(t => Names2(t));
        all.Select(t => JsonSerializer.Serialize(t.Counts)); // WEIR1006
        all.Select(t => new Queue<string>(t.Tags)); // WEIR1006
        all.Select(t => t.Tags.ToArray()[0]); // WEIR1006
        all.Select(t => string.Join(",", t.Tags.Select(tag => tag.Length))); // WEIR1006
        all.Select(t => Concat(t.Counts));
        all.Select(t =>
        {
            var names = t.Tags.Where(tag => tag.Length > 1);
            return names.First(); // WEIR1006
        });
        all.Select(t =>
        {
            foreach (var pair in t.Counts.Where(pair => pair.Value > 1)) // WEIR1006
            {
                return pair.Key;
            }

            return "";
        });

        // Near misses.
        all.Select(t => Total(t.Counts));
        all.Select(t => t.Tags.GroupBy(tag => tag.Length).Count());
        all.Select(t => t.Tags.Select(tag => tag.Length).OrderBy(length => length).ToList());
        all.Select(t =>
        {
            var names = t.Tags.Where(tag => tag.Length > 1).ToArray();
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        });
        all.Select(t => t.Counts.OrderByDescending(pair => pair.Value).First().Key);
    }

    private static IEnumerable<string> Names2(Trade t) => t.Tags; // WEIR1006

    private static string Concat(IReadOnlyDictionary<string, int> counts)
    {
        var text = "";
        foreach (var pair in counts) // WEIR1006
        {
            text += pair.Key;
        }

        return text;
    }

    private static int Total(IReadOnlyDictionary<string, int> counts)
    {
        var total = 0;
        foreach (var pair in counts)
        {
            total += pair.Value;
        }

        return total;
    }
}
