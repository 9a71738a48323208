using Weir.Runtime.State;

namespace Weir.Runtime.Tests.State;

/// <summary>Keys that were chosen to meet in one slot do so by chance only; keys that count on lie evenly under every seed.</summary>
public sealed class KeySeedTests
{
    private const int Slots = 4096;
    private const int Keys = Slots / 4;

    [Fact]
    public void Keys_chosen_for_one_seed_are_spread_by_another()
    {
        // All in slot 0 under the fixed seed: the multiples of its inverse.
        var inverse = Inverse(KeySeed.Fixed.Factor);
        long[] crafted = [.. Enumerable.Range(0, Keys).Select(i => unchecked((long)(inverse * (ulong)i)))];
        Assert.Equal(Keys, Fullest(crafted, KeySeed.Fixed));
        Assert.All(Enumerable.Range(1, 100), seed => Assert.InRange(Fullest(crafted, KeySeed.Of((ulong)seed)), 1, 64));
    }

    [Fact]
    public void Consecutive_numbers_lie_evenly_under_every_seed() => Assert.All(
        Enumerable.Range(1, 200),
        seed => Assert.InRange(Fullest([.. Enumerable.Range(1, Keys).Select(i => (long)i)], KeySeed.Of((ulong)seed)), 1, 4));

    [Fact]
    public void The_same_bits_give_the_same_seed_and_others_another()
    {
        Assert.Equal(KeySeed.Of(17), KeySeed.Of(17));
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(i => KeySeed.Of((ulong)i)).Distinct().Count());
        Assert.NotEqual(KeyHash.Of("key", KeySeed.Of(1)), KeyHash.Of("key", KeySeed.Of(2)));
        Assert.NotEqual(KeyHash.Of(new Guid(1, 2, 3, new byte[8]), KeySeed.Of(1)),
            KeyHash.Of(new Guid(1, 2, 3, new byte[8]), KeySeed.Of(2)));
    }

    private static int Fullest(long[] keys, KeySeed seed) => keys.GroupBy(key => KeyHash.Of(key, seed) >> 52).Max(slot => slot.Count());

    private static ulong Inverse(ulong factor)
    {
        // Newton: each round doubles the number of bits that are right.
        var inverse = factor;
        for (var i = 0; i < 6; i++)
        {
            inverse = unchecked(inverse * (2 - (factor * inverse)));
        }

        return inverse;
    }
}
