using System.Collections.Concurrent;
using System.Collections.Frozen;
using Weir;

namespace Corpus;

public static class NastyOrders
{
    private static readonly FrozenDictionary<string, int> Frozen = new Dictionary<string, int> { ["a"] = 1 }.ToFrozenDictionary();

    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades)
    {
        var all = job.From(trades);
        all.Select(t => Joined(t.Tags)); // WEIR1006
        all.Select(t => FirstOf(new HashSet<string>(t.Lots.Select(lot => "a" + lot)))); // WEIR1006
        all.Select(t => Listed(t.Tags)); // WEIR1006
        all.Select(t => Frozen.Keys[0]); // WEIR1006
        all.Select(t => t.Tags.Concat(t.Tags).First()); // WEIR1006
        all.Select(t => t.Lots.Select(lot => "a").Union(t.Tags).Last()); // WEIR1006
        all.Select(t => t.Counts.Select(pair => pair.Value * 0.5).Sum()); // WEIR1006
        all.Select(t => t.Counts.Average(pair => pair.Value * 0.5)); // WEIR1006
        all.Select(t => { var text = ""; foreach (var tag in t.Tags) { text += tag; } return text; }); // WEIR1006
        all.Select(t => { string? best = null; foreach (var (tag, n) in t.Counts) { if (n > 3) { best = tag; } } return best; }); // WEIR1006
        all.Select(t => { var list = new List<string>(); foreach (var tag in t.Tags) { list.Add(tag); } return list; }); // WEIR1006
        all.Select(t => string.Join(',', t.Counts.OrderBy(pair => pair.Value).Select(pair => pair.Key).ToHashSet())); // WEIR1006
        all.Select(t => (t.Tags as IEnumerable<string>).ElementAt(0)); // WEIR1006
        all.Select(t => t.Tags.Select(tag => tag.Length).ToArray()[0]); // WEIR1006
        all.Select(t => new ConcurrentBag<int>(t.Lots).TakeWhile(lot => lot > 1).Count()); // WEIR1006

        // Near misses.
        all.Select(t => Counted(t.Tags));
        all.Select(t => Longest(t.Tags));
        all.Select(t => SortedOf(t.Tags));
        all.Select(t => t.Lots.Select(lot => "a").Except(t.Tags).First());
        all.Select(t => t.Lots.Select(lot => "a").Intersect(t.Tags).First());
        all.Select(t => { var best = 0; foreach (var tag in t.Tags) { if (tag.Length > best) { best = tag.Length; } } return best; });
        all.Select(t =>
        {
            var list = new List<string>();
            foreach (var tag in t.Tags)
            {
                list.Add(tag);
            }

            list.Sort(StringComparer.Ordinal);
            return list[0];
        });
        all.Select(t => t.Lots.Select(lot => lot * 0.5).Sum());
        all.Select(t => t.Tags.Max(tag => tag.Length) + t.Tags.Min(tag => tag.Length));
        all.Select(t => t.Lots.GroupBy(lot => lot).First().Key);
        all.Select(t => new Queue<int>(t.Lots).Dequeue());
        all.Select(t => Frozen["a"]);
    }

    private static string Joined(IEnumerable<string> tags) => string.Join(",", tags);

    private static string FirstOf(IEnumerable<string> tags)
    {
        var some = tags.Where(tag => tag.Length > 1);
        return some.First();
    }

    private static List<string> Listed(IReadOnlyCollection<string> tags)
    {
        var list = new List<string>();
        foreach (var tag in tags)
        {
            list.Add(tag);
        }

        return list;
    }

    private static int Counted(IEnumerable<string> tags) => tags.Where(tag => tag.Length > 1).Count();

    private static int Longest(IEnumerable<string> tags) => tags.Max(tag => tag.Length);

    private static string SortedOf(IEnumerable<string> tags) => tags.Order(StringComparer.Ordinal).First();
}
