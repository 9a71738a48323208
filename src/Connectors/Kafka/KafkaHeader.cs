namespace Weir;

/// <summary>A header of a message.</summary>
/// <param name="Name">Its name; several may have the same.</param>
/// <param name="Value">Its bytes; null for none.</param>
public sealed record KafkaHeader(string Name, byte[]? Value);
