namespace Weir.PostgreSql.Changes;

/// <summary>What a reader is given: a record, or only how far the log has been read.</summary>
/// <param name="Behind">Where the log goes on behind it.</param>
/// <param name="HasRecord">Whether there is a record.</param>
/// <param name="Record">The record.</param>
internal readonly record struct Delivery<T>(Offset Behind, bool HasRecord, T Record);
