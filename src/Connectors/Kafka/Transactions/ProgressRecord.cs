using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weir.KafkaLog.Transactions;

/// <summary>
/// What the progress topic of a job says: which checkpoint counts, and who owns the job. Written in the transaction of the records that the
/// checkpoint covers, so that both are true, or neither.
/// </summary>
/// <param name="Version">Of this form, by <see cref="VersionOf"/>. One that is newer than all that are known is refused.</param>
/// <param name="Job">The job's name.</param>
/// <param name="RunId">Which life of the job.</param>
/// <param name="Attempt">The attempt that has claimed the job, or has decided: a fencing token.</param>
/// <param name="CheckpointAttempt">The attempt that took the checkpoint; 0 for none.</param>
/// <param name="CheckpointId">Its number; 0 for none.</param>
/// <param name="Owner">Whose process: host, process id, and a number that no two processes share.</param>
/// <param name="WrittenAt">When, by the clock of that host.</param>
internal sealed record ProgressRecord(
    int Version,
    string Job,
    string RunId,
    long Attempt,
    long CheckpointAttempt,
    long CheckpointId,
    ProgressOwner Owner,
    DateTimeOffset WrittenAt)
{
    /// <summary>The newest form: of claims that name a savepoint. All others have the first, which older versions read, too.</summary>
    public const int NewestVersion = 2;

    private const int FirstVersion = 1;

    /// <summary>
    /// Gets the savepoint that a job begins with whose first checkpoint has not been decided yet; null for none. Until then whoever begins
    /// with nothing would write again what the savepoint stands for.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Savepoint { get; init; }

    /// <summary>The key of all of them: compaction keeps the last.</summary>
    public static ReadOnlySpan<byte> Key => "ckpt"u8;

    [JsonIgnore]
    public CheckpointName? Checkpoint => CheckpointId == 0 ? null : new CheckpointName(CheckpointAttempt, new CheckpointId(CheckpointId));

    /// <summary>The form of a record.</summary>
    /// <param name="savepoint">The savepoint that it names.</param>
    public static int VersionOf(string? savepoint) => savepoint is null ? FirstVersion : NewestVersion;

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ProgressJson.Default.ProgressRecord);

    /// <summary>Reads one.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ProgressRecord Of(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, ProgressJson.Default.ProgressRecord) ?? throw new JsonException("It is null.");
}

/// <summary>A process that owns a job.</summary>
/// <param name="Host">Its machine.</param>
/// <param name="ProcessId">Its number there.</param>
/// <param name="Id">A random number, so that a process that comes later under the same number is another.</param>
internal sealed record ProgressOwner(string Host, int ProcessId, string Id)
{
    /// <summary>This process.</summary>
    public static ProgressOwner Self { get; } = new(
        Environment.MachineName,
        Environment.ProcessId,
        Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)));

    /// <inheritdoc/>
    public override string ToString() => $"process {ProcessId} on {Host}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProgressRecord))]
internal sealed partial class ProgressJson : JsonSerializerContext;
