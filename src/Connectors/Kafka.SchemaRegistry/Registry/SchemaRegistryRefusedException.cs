namespace Weir.KafkaLog.Registry;

/// <summary>The registry has answered, and the answer will be the same next time: rights, subjects, schemas that do not fit.</summary>
internal sealed class SchemaRegistryRefusedException(string message, Exception inner)
    : SchemaRegistryFailedException(message, inner), IPermanentFailure;
