using Weir.Runtime.State;

namespace Weir.Runtime.Tests.State;

public sealed class KeyGroupsTests
{
    [Theory]
    [InlineData(0, 593689054, 94)]
    [InlineData(1, 68075478, 86)]
    [InlineData(42, 1134849565, 29)]
    [InlineData(-1, 1982413648, 80)]
    public void H1_a_number_has_the_key_group_that_the_published_formula_gives(int key, int murmur, int group)
    {
        Assert.Equal(murmur, Math.Abs((int)StableHash.Of(key)));
        Assert.Equal(group, KeyGroups.Of(StableHash.Of(key), 128));
    }

    [Theory]
    [InlineData(128, 3, "0-42 43-85 86-127")]
    [InlineData(128, 4, "0-31 32-63 64-95 96-127")]
    [InlineData(128, 5, "0-25 26-51 52-76 77-102 103-127")]
    [InlineData(10, 3, "0-3 4-6 7-9")]
    public void H1_key_groups_are_dealt_in_ranges(int count, int parallelism, string expected) =>
        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, parallelism)
            .Select(subtask => KeyGroups.RangeOf(subtask, count, parallelism))
            .Select(range => $"{range.First}-{range.Last}")));

    [Theory]
    [InlineData(1, 128)]
    [InlineData(85, 128)]
    [InlineData(86, 256)]
    [InlineData(128, 256)]
    [InlineData(1000, 2048)]
    [InlineData(30000, 32768)]
    public void H2_a_new_job_has_room_to_grow(int parallelism, int count) => Assert.Equal(count, KeyGroups.DefaultCount(parallelism));
}
