using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Weir.Generators.Reading;

/// <summary>A number for each object that cannot be asked what it says; the object is not kept alive.</summary>
internal static class Identities
{
    private const int MaxOptions = 64;

    private static readonly ConditionalWeakTable<object, object> Numbers = new();
    private static readonly ConditionalWeakTable<CompilationOptions, object> OptionNumbers = new();
    private static readonly List<WeakReference<CompilationOptions>> KnownOptions = [];
    private static long _last;

    /// <summary>The number of this very object.</summary>
    public static long Of(object thing) => (long)Numbers.GetValue(thing, static _ => Interlocked.Increment(ref _last));

    /// <summary>The number of options that say the same. Analyzers are given a copy of them with each compilation.</summary>
    public static long Of(CompilationOptions options)
    {
        lock (KnownOptions)
        {
            // Once it has a number an object keeps it, whatever becomes of the one that it was like.
            if (OptionNumbers.TryGetValue(options, out var number))
            {
                return (long)number;
            }

            KnownOptions.RemoveAll(static known => !known.TryGetTarget(out _));
            var like = KnownOptions.Select(static known => known.TryGetTarget(out var same) ? same : null).FirstOrDefault(options.Equals);
            var found = like is not null && OptionNumbers.TryGetValue(like, out var its) ? its : Of((object)options);
            OptionNumbers.Add(options, found);
            if (like is null)
            {
                if (KnownOptions.Count == MaxOptions)
                {
                    KnownOptions.RemoveAt(0);
                }

                KnownOptions.Add(new WeakReference<CompilationOptions>(options));
            }

            return (long)found;
        }
    }
}
