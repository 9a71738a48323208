using System.Runtime.CompilerServices;

namespace Weir.Runtime.Streams;

/// <summary>
/// Estimates how much memory records take, so that what waits is bounded in bytes too. An estimate: what is shared counts each time.
/// </summary>
/// <remarks>
/// Records without references all have one size, which costs nothing to know. For others their codec is asked; without one, what is in the
/// record itself counts.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
internal sealed class RecordSizes<T>
{
    private const int ObjectHeader = 24;

    private readonly Codec<T>? _codec = IsFixed ? null : Codecs.Find<T>();

    /// <summary>Gets a value indicating whether all records have the same size.</summary>
    public static bool IsFixed => !RuntimeHelpers.IsReferenceOrContainsReferences<T>();

    /// <summary>Gets the size of a record that has a fixed one, in bytes.</summary>
    public static int Fixed => Unsafe.SizeOf<T>();

    /// <summary>The size of a record, in bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Of(in T value) => IsFixed ? Fixed : OfReferences(value);

    /// <summary>The size of all records of a batch, in bytes, with their event times.</summary>
    public long Of(Batch<T> batch)
    {
        var bytes = batch.IsTimed ? (long)batch.Count * sizeof(long) : 0;
        if (IsFixed)
        {
            return bytes + ((long)batch.Count * Fixed);
        }

        foreach (ref readonly var value in batch.Values)
        {
            bytes += OfReferences(value);
        }

        return bytes;
    }

    private long OfReferences(in T value)
    {
        if (value is string text)
        {
            return ObjectHeader + (text.Length * sizeof(char));
        }

        return value is null ? Fixed : Fixed + (_codec?.SizeOf(value) ?? ObjectHeader);
    }
}
