using System.Runtime.CompilerServices;

namespace Weir.Generators.Reading;

/// <summary>A number for each object that cannot be asked what it says; the object is not kept alive.</summary>
internal static class Identities
{
    private static readonly ConditionalWeakTable<object, object> Numbers = new();
    private static long _last;

    /// <summary>The number of this very object.</summary>
    public static long Of(object thing) => (long)Numbers.GetValue(thing, static _ => Interlocked.Increment(ref _last));
}
