using Weir.Runtime.Operators.Windows;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>Trees of windows, held against a sorted list.</summary>
public sealed class WindowTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_tree_of_many_pages_finds_what_was_added_and_forgets_what_was_removed(int seed)
    {
        var random = new Random(seed);
        var tree = new WindowTree<long>();
        var expected = new SortedDictionary<long, long>();
        for (var i = 0; i < 120_000; i++)
        {
            // Up to thousands of windows, down to next to none, and up again: it is made small twice.
            var start = random.Next(20_000) * 10L;
            if (i / 40_000 == 1 || random.Next(4) == 0)
            {
                Assert.Equal(expected.Remove(start, out var value), tree.Remove(start, out var removed));
                Assert.Equal(value, removed);
            }
            else if (!expected.ContainsKey(start))
            {
                tree.Add(new TimeWindow(start, start + 5), start + i) += 1;
                expected.Add(start, start + i + 1);
            }

            var asked = random.Next(20_000) * 10L;
            Assert.Equal(expected.ContainsKey(asked), tree.TryFind(new TimeWindow(asked + 1, asked + 2), out var found));
            Assert.True(!expected.ContainsKey(asked) || found.StartTime == asked, $"seed {seed}, step {i}");
            Assert.Equal(expected.Count, tree.Count);
        }

        Assert.Equal(expected.Select(pair => (pair.Key, pair.Value)), tree.InOrder().Select(one => (one.Window.StartTime, one.Value)));
    }
}
