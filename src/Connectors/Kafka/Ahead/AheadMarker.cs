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
    public const int NewestVersion = 1;

    /// <summary>The marker behind a transaction that its own attempt writes.</summary>
    public static AheadMarker Behind(AheadTransaction transaction) =>
        new(NewestVersion, transaction.RunId!, transaction.Attempt, transaction.Number, []);

    /// <summary>The marker behind a transaction that was found in a checkpoint.</summary>
    /// <param name="marker">The marker so far; null for none.</param>
    /// <param name="transaction">The transaction.</param>
    public static AheadMarker With(AheadMarker? marker, AheadTransaction transaction)
    {
        var before = marker?.RunId == transaction.RunId ? marker! : new AheadMarker(NewestVersion, transaction.RunId!, 0, 0, []);
        return before with { Alone = [.. before.Alone, new AheadNumber(transaction.Attempt, transaction.Number)] };
    }

    /// <summary>Whether the messages of a transaction are in the topics. Another life of the job says nothing of this one.</summary>
    public bool Covers(AheadTransaction transaction) =>
        RunId == transaction.RunId
        && ((Attempt, Number).CompareTo((transaction.Attempt, transaction.Number)) >= 0
            || Alone.Contains(new AheadNumber(transaction.Attempt, transaction.Number)));

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
