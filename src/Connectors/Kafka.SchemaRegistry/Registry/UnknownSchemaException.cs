namespace Weir.KafkaLog.Registry;

/// <summary>The registry knows no schema of the id that a message has.</summary>
internal sealed class UnknownSchemaException(int id, string url, Exception inner)
    : Exception($"its schema id {id} is unknown to the schema registry at {url}", inner);
