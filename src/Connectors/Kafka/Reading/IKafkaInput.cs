namespace Weir.KafkaLog.Reading;

/// <summary>A source that reads topics.</summary>
internal interface IKafkaInput
{
    /// <summary>Gets where.</summary>
    KafkaConnection Connection { get; }

    /// <summary>Gets the topics that it names; empty for a pattern.</summary>
    IReadOnlyCollection<string> Topics { get; }
}
