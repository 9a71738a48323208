namespace Weir.Runtime.State;

/// <summary>Tells the codecs that write equal values as equal bytes from those that do not.</summary>
/// <remarks>
/// Codecs keep a value as it is: 1.50 and 1.5, 0 and -0, one moment at two offsets are equal, and come back as they were. Whoever looks for
/// equal values must not go by such bytes, wherever in the value they are. What the schema names otherwise is a codec of the user's, of
/// which only its <see cref="Codec{T}.StableHash"/> is known to agree with equality.
/// </remarks>
internal static class CanonicalBytes
{
    private static readonly HashSet<string> Leaves = new(StringComparer.Ordinal)
    {
        "bool", "char", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "Int128", "UInt128", "BigInteger",
        "string", "Guid", "DateOnly", "TimeOnly", "TimeSpan",
    };

    /// <summary>Whether equal values have equal bytes.</summary>
    public static bool AreOf<T>(Codec<T> codec)
    {
        // Asked for each record: the last answer serves nearly always.
        var known = Known<T>.Last;
        if (!ReferenceEquals(known?.Codec, codec))
        {
            Known<T>.Last = known = new Answer<T>(codec, IsCanonical(codec.Schema));
        }

        return known!.IsCanonical;
    }

    // What is given once counts there.
    private static bool IsCanonical(Schema schema) => schema.Kind switch
    {
        SchemaKind.Reference or SchemaKind.Enum => true,
        SchemaKind.Value => schema.Members.Count == 0 && Leaves.Contains(schema.Name),
        _ => schema.Members.All(member => IsCanonical(member.Schema)),
    };

    private static class Known<T>
    {
        public static volatile Answer<T>? Last;
    }

    private sealed record Answer<T>(Codec<T> Codec, bool IsCanonical);
}
