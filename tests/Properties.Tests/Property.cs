using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Weir.Properties.Tests;

/// <summary>
/// Tries a property on cases of a fixed seed, and then on cases that nobody has tried. A case that fails is made smaller, and printed with
/// its seed.
/// </summary>
/// <remarks><c>WEIR_FRESH_SEED</c> takes another seed for the second part; <c>WEIR_PROPERTY_CASES</c> says how many cases each has.</remarks>
internal static class Property
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>Holds, or fails with the smallest case that was found.</summary>
    /// <param name="cases">Makes cases.</param>
    /// <param name="smaller">Cases that are a little smaller than one.</param>
    /// <param name="failure">Says what is wrong with a case; null if nothing is.</param>
    /// <param name="count">How many cases to try of each seed.</param>
    public static void Holds<T>(Gen<T> cases, Func<T, IEnumerable<T>> smaller, Func<T, string?> failure, int count = 60)
    {
        var fresh = Number("WEIR_FRESH_SEED") ?? (ulong)Stopwatch.GetTimestamp();
        TestContext.Current.TestOutputHelper?.WriteLine($"The fresh seed is {fresh} (WEIR_FRESH_SEED).");
        foreach (var seed in new[] { 1UL, fresh })
        {
            var config = Config.QuickThrowOnFailure
                .WithMaxTest((int)(Number("WEIR_PROPERTY_CASES") ?? (ulong)count))
                .WithReplay(seed, Gamma);
            Check.One(config, Prop.ForAll(Arb.From(cases, smaller), tried => failure(tried) is not { } what ? true : Fails(what, seed)));
        }
    }

    /// <summary>Lists that lack one part of another, greater parts first.</summary>
    public static IEnumerable<IReadOnlyList<T>> Shorter<T>(IReadOnlyList<T> list)
    {
        for (var length = list.Count / 2; length > 0; length /= 2)
        {
            for (var start = 0; start + length <= list.Count; start += length)
            {
                yield return [.. list.Take(start), .. list.Skip(start + length)];
            }
        }
    }

    private static bool Fails(string what, ulong seed) =>
        throw new InvalidOperationException($"{what}\n(seed {seed}; run it again with WEIR_FRESH_SEED={seed})");

    private static ulong? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : null;
}
