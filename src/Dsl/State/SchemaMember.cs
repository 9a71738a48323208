namespace Weir;

/// <summary>One member of a <see cref="Schema"/>.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Schema">Its type's wire form.</param>
public sealed record SchemaMember(string Name, Schema Schema)
{
    /// <summary>Gets the names that the member had before; not stored.</summary>
    public IReadOnlyList<string> FormerNames { get; init; } = [];

    /// <summary>
    /// Gets what makes the bytes of the value that the member has where it was not written yet; null if it must have been. Not stored.
    /// </summary>
    public Func<ReadOnlyMemory<byte>>? Default { get; init; }

    /// <summary>A member that has a codec, and may be added to a type that is stored already.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="begins">Its value in states that were written before it was there.</param>
    /// <param name="codec">Its codec; null for that of its type.</param>
    /// <returns>The member.</returns>
    public static SchemaMember Of<T>(string name, T begins = default!, Codec<T>? codec = null)
    {
        codec ??= Codecs.Of<T>();
        return new SchemaMember(name, codec.Schema) { Default = () => codec.Encode(begins) };
    }

    /// <inheritdoc/>
    public bool Equals(SchemaMember? other) => other is not null && Name == other.Name && Schema == other.Schema;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(string.GetHashCode(Name, StringComparison.Ordinal), Schema);
}
