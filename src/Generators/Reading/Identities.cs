using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Weir.Generators.Reading;

/// <summary>A number for each object that cannot be asked what it says; the object is not kept alive.</summary>
internal static class Identities
{
    private const int MaxOptions = 64;

    private static readonly ConditionalWeakTable<object, object> Numbers = new();
    private static readonly List<(WeakReference<CompilationOptions> Options, long Number)> KnownOptions = [];
    private static long _last;

    /// <summary>The number of this very object.</summary>
    public static long Of(object thing) => (long)Numbers.GetValue(thing, static _ => Interlocked.Increment(ref _last));

    /// <summary>The number of options that say the same. Analyzers are given a copy of them with each compilation.</summary>
    public static long Of(CompilationOptions options)
    {
        lock (KnownOptions)
        {
            KnownOptions.RemoveAll(static known => !known.Options.TryGetTarget(out _));
            foreach (var (known, number) in KnownOptions)
            {
                if (known.TryGetTarget(out var same) && (ReferenceEquals(same, options) || same.Equals(options)))
                {
                    return number;
                }
            }

            if (KnownOptions.Count == MaxOptions)
            {
                KnownOptions.RemoveAt(0);
            }

            var next = Of((object)options);
            KnownOptions.Add((new WeakReference<CompilationOptions>(options), next));
            return next;
        }
    }
}
