namespace Weir.KafkaLog.Client;

/// <summary>More of a topic that is there, and may be seen.</summary>
/// <param name="Id">Its id: a topic that was deleted and made anew has another one. Empty where the broker gives none.</param>
/// <param name="Rights">What the asker may do with it; empty where that is not known: the broker is too old to say.</param>
internal sealed record TopicDescription(string Id, IReadOnlySet<Right> Rights)
{
    /// <summary>Whether it is known that the asker must not do something.</summary>
    public bool Forbids(Right right) => Rights.Count > 0 && !Rights.Contains(right) && !Rights.Contains(Right.All);
}

/// <summary>What a principal may do with a topic, by the numbers of Kafka's protocol (<c>AclOperation</c>).</summary>
internal enum Right
{
    All = 2,
    Read = 3,
    Write = 4,
    Create = 5,
    Delete = 6,
    Alter = 7,
    Describe = 8,
    DescribeConfigs = 10,
    AlterConfigs = 11,
}
