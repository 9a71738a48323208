namespace Weir.KafkaLog.Client;

/// <summary>The codes that Weir tells apart. Those below zero are the client's own, the others the broker's.</summary>
internal static class ErrorCodes
{
    public const int None = 0;
    public const int OffsetOutOfRange = 1;
    public const int UnknownTopicOrPartition = 3;
    public const int NotLeader = 6;
    public const int MessageTooLarge = 10;
    public const int InvalidTopic = 17;
    public const int RecordListTooLarge = 18;
    public const int InvalidRequiredAcks = 21;
    public const int TopicAuthorizationFailed = 29;
    public const int GroupAuthorizationFailed = 30;
    public const int ClusterAuthorizationFailed = 31;
    public const int InvalidTimestamp = 32;
    public const int TopicAlreadyExists = 36;
    public const int UnsupportedForMessageFormat = 43;
    public const int PolicyViolation = 44;
    public const int InvalidProducerEpoch = 47;
    public const int InvalidProducerIdMapping = 49;
    public const int InvalidTransactionTimeout = 50;
    public const int TransactionalIdAuthorizationFailed = 53;
    public const int SaslAuthenticationFailed = 58;
    public const int UnsupportedCompression = 76;
    public const int InvalidRecord = 87;
    public const int ProducerFenced = 90;

    public const int DestroyBroker = -137;
    public const int Fenced = -144;
    public const int Inconsistent = -149;
    public const int Fatal = -150;
    public const int AutoOffsetReset = -140;
    public const int OtherRecordInvalid = -138;
    public const int Authentication = -169;
    public const int PurgedInFlight = -151;
    public const int PurgedQueue = -152;
    public const int State = -172;
    public const int Conflict = -173;
    public const int Ssl = -181;
    public const int QueueFull = -184;
    public const int TimedOut = -185;
    public const int InvalidArgument = -186;
    public const int AllBrokersDown = -187;
    public const int UnknownTopic = -188;
    public const int UnknownPartition = -190;
    public const int PartitionEnd = -191;
    public const int MessageTimedOut = -192;
    public const int Resolve = -193;
    public const int Transport = -195;
}
