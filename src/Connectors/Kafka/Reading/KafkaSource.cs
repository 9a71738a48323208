using Microsoft.Extensions.DependencyInjection;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Health;

namespace Weir.KafkaLog.Reading;

/// <summary>Reads topics of Kafka, a partition a split.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class KafkaSource<T> : Source<T, KafkaSplit>, IEndlessSource, INeedsServices, ITimedSource, ISideSource, IKafkaInput
{
    private readonly KafkaConnection _given;
    private readonly KafkaTopics _topics;
    private readonly KafkaMessageReader<T> _read;
    private readonly KafkaReadOptions _options;
    private readonly SharedConsumer _consumer;
    private readonly PartitionKeeper _keeper;
    private KafkaConnection _connection;
    private ClientNotices? _notices;
    private Action<string> _warn = static _ => { };

    public KafkaSource(KafkaConnection connection, KafkaTopics topics, KafkaMessageReader<T> read, KafkaReadOptions options)
    {
        _given = _connection = connection;
        _topics = topics;
        _read = read;
        _options = options;
        _consumer = new SharedConsumer(MakeConsumer);
        _keeper = new PartitionKeeper(_consumer, OpenCluster, options, () => _connection);
    }

    public override string Description => $"{_topics} of {_connection}";

    public KafkaConnection Connection => _connection;

    public KafkaTopics Topics => _topics;

    public ClientEvents Events => Notices.Events;

    public bool IsEndless => _options.End is NeverEnd;

    public string TimeOfRecords => "the timestamp of each message";

    public override SplitOrder Order => SplitOrder.Together;

    public override Codec<KafkaSplit> SplitCodec => KafkaSplitCodec.Instance;

    private ClientNotices Notices => _notices ??= new ClientNotices(_connection, text => _warn(text));

    public void FindIn(IServiceProvider? services)
    {
        _connection = _given.In(services, Description);
        services?.GetService<KafkaWatches>()?.Add(_keeper);
        _notices = null;
    }

    public override void Declare(SourceContext context)
    {
        _warn = context.Warn;
        if (context.Meter is { } meter)
        {
            LagMeter.Add(meter, context.Operator, _keeper);
        }
    }

    public override ValueTask<IReadOnlyList<KafkaSplit>> ListSplitsAsync(SourceContext context, CancellationToken cancellation)
    {
        _warn = context.Warn;
        return Discover(context, default).NextAsync(cancellation);
    }

    public override ISplitDiscovery<KafkaSplit> Discover(SourceContext context, ReadOnlyMemory<byte> state) =>
        new PartitionDiscovery(_topics, _options, OpenCluster, _consumer, state);

    public override Offset StartOf(KafkaSplit split) => new(split.Start);

    public override ISplitReader<T> Open(KafkaSplit split, Offset offset, SourceContext context) =>
        new KafkaReader<T>(split, offset, _read, _keeper, context, _options);

    public bool EmitsTo<TSide>(SideOutput<TSide> side) => ReferenceEquals(side, Kafka.Malformed);

    public override string? Refuse(KafkaSplit split) => _topics.Contains(split.Topic)
        ? null
        : $"the checkpoint holds {split}, and the source reads {_topics}. Read the topics that were read before, or give the source "
            + "another id so that it begins anew";

    private Cluster OpenCluster() => new(_connection.ForAdmin(), Notices.Events, _options.Timeout)
    {
        SpeaksForReaders = _connection.AsksAsItReads,
    };

    private Consumer MakeConsumer()
    {
        var settings = _connection.ForConsumer(SettingTopics.Of(_topics, _connection))
            .Own("isolation.level", _options.ReadsUncommitted ? "read_uncommitted" : "read_committed");
        if (_options.Group is { } group)
        {
            settings.Own("group.id", group);
        }

        return new Consumer(settings, Notices.Events);
    }
}
