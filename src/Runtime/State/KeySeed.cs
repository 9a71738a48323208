namespace Weir.Runtime.State;

/// <summary>Spreads the keys of this process over its tables, so that nobody can choose keys that meet in one slot.</summary>
/// <remarks>
/// <para>An odd factor: the high bits of key × factor are the slot (multiply-shift, Dietzfelbinger and others 1997, universal over all odd
/// factors). Most factors are good; a few send the keys 1, 2, 3… to the same few slots. So only factors are taken whose quotients are
/// small, as those of the golden ratio are (Knuth 6.4): consecutive numbers then lie evenly.</para>
/// <para>Chosen once for each start of a job, from the randomness that it is given. Never stored, and not part of any result: it only
/// decides in which order the results of one window and watermark come.</para>
/// </remarks>
public readonly record struct KeySeed
{
    private const ulong Golden = 0x9E3779B97F4A7C15UL;

    // One random factor in thirty passes: steps of up to a million slots are even within a factor of eight.
    private const ulong GreatestQuotient = 8;
    private const ulong Slots = 1UL << 20;

    private KeySeed(ulong factor) => Factor = factor;

    /// <summary>Gets a seed that is no secret: for tests and tools that want the same order every time.</summary>
    public static KeySeed Fixed { get; } = new(Golden);

    /// <summary>Gets the factor.</summary>
    public ulong Factor { get; }

    /// <summary>Makes a seed of random bits.</summary>
    /// <param name="entropy">Random bits: the same bits, the same seed.</param>
    /// <returns>The seed.</returns>
    public static KeySeed Of(ulong entropy)
    {
        while (true)
        {
            // SplitMix64 (Steele and others 2014).
            entropy += Golden;
            var mixed = (entropy ^ (entropy >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            var factor = (mixed ^ (mixed >> 31)) | 1;
            if (IsEven(factor))
            {
                return new KeySeed(factor);
            }
        }
    }

    // The continued fraction of factor ÷ 2^64, as far as its denominators are numbers of slots.
    private static bool IsEven(ulong factor)
    {
        var (numerator, denominator) = ((UInt128)factor, UInt128.One << 64);
        var (previous, current) = (0UL, 1UL);
        while (current < Slots && numerator != 0)
        {
            var (quotient, rest) = UInt128.DivRem(denominator, numerator);
            if (quotient > GreatestQuotient)
            {
                return false;
            }

            (denominator, numerator) = (numerator, rest);
            (previous, current) = (current, ((ulong)quotient * current) + previous);
        }

        return true;
    }
}
