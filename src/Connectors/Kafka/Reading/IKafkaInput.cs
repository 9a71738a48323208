using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Reading;

/// <summary>A source that reads topics.</summary>
internal interface IKafkaInput
{
    /// <summary>Gets where.</summary>
    KafkaConnection Connection { get; }

    /// <summary>Gets which topics.</summary>
    KafkaTopics Topics { get; }

    /// <summary>Gets what its clients tell.</summary>
    ClientEvents Events { get; }
}
