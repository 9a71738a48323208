using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Weir;

namespace Corpus;

public static class Orders
{
    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades)
    {
        var all = job.From(trades);
        all.Select(t => t.Tags.First()); // WEIR1006
        all.Select(t => t.Tags.FirstOrDefault()); // WEIR1006
        all.Select(t => t.Tags.Last()); // WEIR1006
        all.Select(t => t.Tags.ElementAt(0)); // WEIR1006
        all.Select(t => t.Tags.ToList()); // WEIR1006
        all.Select(t => t.Tags.ToArray()); // WEIR1006
        all.Select(t => string.Join(",", t.Tags)); // WEIR1006
        all.Select(t => string.Concat(t.Tags)); // WEIR1006
        all.Select(t => string.Join(",", t.Counts.Keys)); // WEIR1006
        all.Select(t => t.Counts.Values.ToList()); // WEIR1006
        all.Select(t => t.Counts.First().Key); // WEIR1006
        all.Select(t => t.Counts.Keys.First()); // WEIR1006
        all.SelectMany(t => t.Tags); // WEIR1006
        all.SelectMany(t => t.Tags.Select(tag => tag + t.Symbol)); // WEIR1006
        all.SelectMany(t => t.Tags.Where(tag => tag.Length > 1)); // WEIR1006
        all.Select(t => t.Counts.Take(1).Count()); // WEIR1006
        all.Select(t => t.Counts.Sum(pair => pair.Value * 0.1)); // WEIR1006
        all.Select(t => t.Counts.MaxBy(pair => pair.Value).Key); // WEIR1006
        all.Select(t => t.Tags.Aggregate("", (left, right) => left + right)); // WEIR1006
        all.Select(t => t.Tags.Zip(t.Lots).Count()); // WEIR1006
        all.Select(t => t.Tags.SequenceEqual(new[] { "a" })); // WEIR1006
        all.Select(t => new List<string>(t.Tags)); // WEIR1006
        all.Select(t => (string[])[.. t.Tags]); // WEIR1006
        all.Select(t => t.Tags.Select((tag, index) => index).Sum()); // WEIR1006
        all.Select(t => new ConcurrentDictionary<string, int>(t.Counts).First()); // WEIR1006
        all.Select(t => t.Tags.ToImmutableHashSet().First()); // WEIR1006
        all.Select(t =>
        {
            var text = new StringBuilder();
            foreach (var tag in t.Tags) // WEIR1006
            {
                text.Append(tag);
            }

            return text.ToString();
        });
        all.Select(t =>
        {
            var sum = 0.0;
            foreach (var (key, value) in t.Counts) // WEIR1006
            {
                sum += value * 0.1;
            }

            return sum;
        });
        all.Select(t =>
        {
            foreach (var tag in t.Tags) // WEIR1006
            {
                return tag;
            }

            return "";
        });
        all.SelectMany(t => Expand(t));
        all.Select(t =>
        {
            var list = new List<string>();
            list.AddRange(t.Tags); // WEIR1006
            return list;
        });
        all.Select(t =>
        {
            var counts = t.Symbol.GroupBy(letter => letter).ToDictionary(group => group.Key, group => group.Count());
            return counts.Select(pair => pair.Key).ToArray(); // WEIR1006
        });

        // Near misses.
        all.Select(t => t.Tags.Count);
        all.Select(t => t.Tags.Count());
        all.Select(t => t.Counts.Sum(pair => pair.Value));
        all.Select(t => t.Counts.Values.Sum());
        all.Where(t => t.Tags.Any());
        all.Where(t => t.Tags.Any(tag => tag.Length > 1));
        all.Where(t => t.Tags.All(tag => tag.Length > 1));
        all.Where(t => t.Tags.Contains("a"));
        all.Where(t => t.Counts.ContainsKey("a"));
        all.Select(t => t.Counts["a"]);
        all.Select(t => t.Counts.TryGetValue("a", out var count) ? count : 0);
        all.Select(t => t.Counts.Values.Max());
        all.Select(t => t.Counts.Min(pair => pair.Value));
        all.Select(t => t.Counts.Average(pair => pair.Value));
        all.Select(t => t.Tags.Order(StringComparer.Ordinal).First());
        all.Select(t => string.Join(",", t.Tags.OrderBy(tag => tag.Length).ThenBy(tag => tag, StringComparer.Ordinal)));
        all.SelectMany(t => t.Tags.Where(tag => tag.Length > 1).Order(StringComparer.Ordinal));
        all.Select(t => t.Tags.SetEquals(new[] { "a" }));
        all.Select(t => t.Tags.Select(tag => tag.Length).ToHashSet());
        all.Select(t => t.Counts.ToDictionary(pair => pair.Key, pair => pair.Value + 1));
        all.Select(t => t.Tags.Where(tag => tag.Length > 1).Count());
        all.Select(t => new HashSet<string>(t.Tags));
        all.Select(t => t.Tags);
        all.Select(t => t.Lots.First());
        all.Select(t => string.Join(",", t.Lots));
        all.Select(t => t.Tags.Distinct().Count());
        all.Select(t =>
        {
            var list = t.Tags.ToList();
            list.Sort(StringComparer.Ordinal);
            return list;
        });
        all.Select(t => t.Tags.ToList().Count);
        all.Select(t =>
        {
            var sum = 0;
            foreach (var pair in t.Counts)
            {
                if (pair.Value > 1)
                {
                    sum += pair.Value;
                }
            }

            return sum;
        });
        all.Select(t =>
        {
            var other = new Dictionary<string, int>();
            foreach (var (key, value) in t.Counts)
            {
                other[key] = value + 1;
            }

            return other;
        });
        all.Where(t =>
        {
            foreach (var tag in t.Tags)
            {
                if (tag.Length > 3)
                {
                    return true;
                }
            }

            return false;
        });
        all.Select(t => new SortedSet<string>(t.Tags, StringComparer.Ordinal).First());
        all.Select(t => t.Tags.ToImmutableSortedSet(StringComparer.Ordinal).First());
    }

    private static IEnumerable<string> Expand(Trade trade)
    {
        foreach (var tag in trade.Tags) // WEIR1006
        {
            yield return tag;
        }
    }
}
