using System.Collections;

namespace Weir;

/// <summary>The headers of a message, in their order. Immutable.</summary>
/// <param name="headers">The headers; not copied.</param>
public sealed class KafkaHeaders(params KafkaHeader[] headers) : IReadOnlyList<KafkaHeader>, IEquatable<KafkaHeaders>
{
    /// <summary>No headers.</summary>
    public static KafkaHeaders Empty { get; } = new();

    /// <inheritdoc/>
    public int Count => headers.Length;

    /// <inheritdoc/>
    public KafkaHeader this[int index] => headers[index];

    /// <summary>Finds the last header of a name.</summary>
    /// <param name="name">The name, case-sensitive.</param>
    /// <returns>Its bytes; null if there is none, or if it has no value.</returns>
    public byte[]? Find(string name)
    {
        for (var i = headers.Length - 1; i >= 0; i--)
        {
            if (headers[i].Name == name)
            {
                return headers[i].Value;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public IEnumerator<KafkaHeader> GetEnumerator() => ((IEnumerable<KafkaHeader>)headers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(KafkaHeaders? other) => other is not null && Count == other.Count
        && this.Zip(other).All(pair => pair.First.Name == pair.Second.Name && Same(pair.First.Value, pair.Second.Value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as KafkaHeaders);

    /// <inheritdoc/>
    public override int GetHashCode() => headers.Aggregate(headers.Length, (hash, header) => HashCode.Combine(hash, header.Name));

    private static bool Same(byte[]? left, byte[]? right) =>
        left is null || right is null ? left == right : left.AsSpan().SequenceEqual(right);
}
