using System.Text;
using Weir.Runtime.State;

namespace Weir.Runtime.Tests.State;

public sealed class RescalingTests
{
    [Fact]
    public void H3_every_item_lands_on_exactly_one_subtask_and_loads_differ_by_one_at_most()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var (before, after) = (random.Next(1, 20), random.Next(1, 20));
            var old = Make(random, before, 128);
            var dealt = Rescaling.Deal("op", old, after, 128);
            Assert.Equal(after, dealt.Length);
            Assert.Equal(
                old.SelectMany(state => state.Items).Select(Text).Order(StringComparer.Ordinal),
                dealt.SelectMany(state => state.Items).Select(Text).Order(StringComparer.Ordinal));
            if (before == after)
            {
                Assert.All(Enumerable.Range(0, after), i => Assert.Equal(old[i].Items.Select(Text), dealt[i].Items.Select(Text)));
            }
            else
            {
                Assert.InRange(dealt.Max(state => state.Items.Length) - dealt.Min(state => state.Items.Length), 0, 1);
            }
        }
    }

    [Fact]
    public void H3_every_subtask_receives_the_shared_items_of_all_even_of_those_that_reported_none()
    {
        var old = new[] { With(shared: ["a", "b"]), OperatorState.Empty("op"), With(shared: ["c"]) };
        Assert.All(Rescaling.Deal("op", old, 5, 128), state => Assert.Equal(["a", "b", "c"], state.Shared.Select(Text)));
    }

    [Fact]
    public void H1_each_key_group_goes_to_the_subtask_that_owns_it_now()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var (before, after) = (random.Next(1, 12), random.Next(1, 12));
            var old = Make(random, before, 32);
            var dealt = Rescaling.Deal("op", old, after, 32);
            for (var subtask = 0; subtask < after; subtask++)
            {
                var owned = KeyGroups.RangeOf(subtask, 32, after);
                Assert.Equal(
                    old.SelectMany(state => state.KeyGroups).Where(group => owned.Contains(group.KeyGroup)).Select(group => group.KeyGroup)
                        .Order(),
                    dealt[subtask].KeyGroups.Select(group => group.KeyGroup));
            }
        }
    }

    [Fact]
    public void More_subtasks_than_key_groups_leave_some_without_keys_and_lose_nothing()
    {
        var dealt = Rescaling.Deal("op", [With(groups: [0, 1, 2])], 7, 3);
        Assert.Equal([0, 1, 2], dealt.SelectMany(state => state.KeyGroups).Select(group => group.KeyGroup));
    }

    [Fact]
    public void A_key_group_that_two_subtasks_remembered_is_an_error_and_not_a_choice() =>
        Assert.Throws<InvariantException>(() => Rescaling.Deal("op", [With(groups: [4]), With(groups: [4])], 2, 128));

    private static List<OperatorState> Make(Random random, int parallelism, int keyGroupCount) =>
    [
        .. Enumerable.Range(0, parallelism).Select(subtask =>
        {
            var owned = KeyGroups.RangeOf(subtask, keyGroupCount, parallelism);
            var groups = Enumerable.Range(0, keyGroupCount).Where(group => owned.Contains(group) && random.Next(2) == 0);
            return With(
                items: Enumerable.Range(0, random.Next(9)).Select(item => $"{subtask}.{item}"),
                groups: groups);
        }),
    ];

    private static OperatorState With(
        IEnumerable<string>? items = null, IEnumerable<string>? shared = null, IEnumerable<int>? groups = null) => new(
        "op",
        [.. (groups ?? []).Select(group => new KeyGroupState(group, Bytes($"{group}")))],
        [.. (items ?? []).Select(Bytes)],
        [.. (shared ?? []).Select(Bytes)]);

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
