using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weir.KafkaLog.Ahead;

/// <summary>
/// Which transactions of a writer have their messages in the topics. Written in the transaction of those messages, so that both are true,
/// or neither.
/// </summary>
/// <param name="Version">Of this form. A newer one is refused.</param>
/// <param name="RunId">Which life of the job.</param>
/// <param name="Attempt">The newest attempt that has written transactions of its own.</param>
/// <param name="Number">The newest of those. An attempt writes its own in their order, and only when all that it found is written: so this
/// says the same of all before it.</param>
/// <param name="Alone">Transactions of earlier attempts that were found in a checkpoint and written since, in no order.</param>
internal sealed record AheadMarker(int Version, string RunId, long Attempt, long Number, IReadOnlyList<AheadNumber> Alone)
{
    /// <summary>The newest form: of markers that name earlier lives. All others have the first, which older versions read, too.</summary>
    public const int NewestVersion = 2;

    private const int FirstVersion = 1;
    private const int MostLives = 16;

    /// <summary>
    /// Gets the lives whose markers this one has taken the place of, the newest last; null for none. One of them that still runs must not
    /// write any more: that there is no marker of its own does not say that nothing is written.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Before { get; init; }

    /// <summary>The marker behind a transaction that its own attempt writes.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="before">The marker that was read last; null for none.</param>
    public static AheadMarker Behind(AheadTransaction transaction, AheadMarker? before = null) =>
        new AheadMarker(FirstVersion, transaction.RunId!, transaction.Attempt, transaction.Number, []).InPlaceOf(before);

    /// <summary>The marker behind a transaction that was found in a checkpoint.</summary>
    /// <param name="marker">The marker so far; null for none.</param>
    /// <param name="transaction">The transaction.</param>
    public static AheadMarker With(AheadMarker? marker, AheadTransaction transaction)
    {
        var before = marker?.RunId == transaction.RunId
            ? marker!
            : new AheadMarker(FirstVersion, transaction.RunId!, 0, 0, []).InPlaceOf(marker);
        return before with { Alone = [.. before.Alone, new AheadNumber(transaction.Attempt, transaction.Number)] };
    }

    /// <summary>Whether the messages of a transaction are in the topics. Another life of the job says nothing of this one.</summary>
    public bool Covers(AheadTransaction transaction) =>
        RunId == transaction.RunId
        && ((Attempt, Number).CompareTo(transaction.Place) >= 0
            || Alone.Contains(new AheadNumber(transaction.Attempt, transaction.Number)));

    /// <summary>Whether a life of the job has been followed by another one.</summary>
    public bool HasReplaced(string life) => RunId != life && Before?.Contains(life) == true;

    private AheadMarker InPlaceOf(AheadMarker? other)
    {
        IReadOnlyList<string> lives = other is null ? []
            : [.. (other.Before ?? []).Append(other.RunId).Where(life => life != RunId).TakeLast(MostLives)];
        return lives.Count == 0 ? this : this with { Version = NewestVersion, Before = lives };
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, AheadJson.Default.AheadMarker);

    /// <summary>Reads one.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static AheadMarker Of(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, AheadJson.Default.AheadMarker) ?? throw new JsonException("It is null.");
}

/// <summary>A transaction of a writer.</summary>
internal readonly record struct AheadNumber(long Attempt, long Number);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AheadMarker))]
internal sealed partial class AheadJson : JsonSerializerContext;
