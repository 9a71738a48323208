namespace Weir;

/// <summary>
/// A schema registry did not answer, or refused. The text names its URL and what it was asked for. That says nothing of a message, so no
/// message is left out for it: the job fails, and restarts unless the registry has refused.
/// </summary>
public class SchemaRegistryFailedException : IOException
{
    internal SchemaRegistryFailedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
