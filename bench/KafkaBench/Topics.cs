using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;

namespace Weir.Bench.KafkaLog;

/// <summary>The cluster, and topics that are made and filled for a case.</summary>
internal static class Topics
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static int _made;

    public static string Servers => Environment.GetEnvironmentVariable("WEIR_KAFKA") is { Length: > 0 } servers
        ? servers
        : throw new InvalidOperationException("WEIR_KAFKA names no broker: run this by tests/with-kafka.sh.");

    public static KafkaConnection Connection => new(Servers);

    /// <summary>What clients say of errors, on the console.</summary>
    public static ClientEvents Events { get; } = new()
    {
        OnError = static error => Console.WriteLine($"  client: {error}"),
        OnLog = static (level, facility, text) => Console.WriteLine($"  client: {level} {facility} {text}"),
    };

    public static string Make(string name, int partitions)
    {
        var topic = $"{name}-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}";
        using var cluster = new Cluster(Connection.ForAdmin(), Events, Patience);
        if (!cluster.CreateTopic(topic, partitions, new Dictionary<string, string>()))
        {
            throw new InvalidOperationException($"The topic {topic} exists.");
        }

        // A broker may not know yet what the controller has made: a transaction that came now would be refused.
        while (cluster.Topics([topic])[0] is { Error: not null } or { Partitions: 0 })
        {
            Thread.Sleep(20);
        }

        Thread.Sleep(300);
        return topic;
    }

    public static void Delete(params string[] topics)
    {
        using var admin = new Confluent.Kafka.AdminClientBuilder(
            new Confluent.Kafka.AdminClientConfig { BootstrapServers = Servers }).Build();
        admin.DeleteTopicsAsync(topics).GetAwaiter().GetResult();
    }

    /// <summary>Fills a topic evenly, partition by partition in portions.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partitions">Its partitions.</param>
    /// <param name="count">How many messages.</param>
    /// <param name="write">Writes the value of a message, and returns how long it is.</param>
    /// <param name="size">The longest value.</param>
    /// <param name="keyOf">The key of a message, which says its partition, too; null for none.</param>
    public static unsafe void Fill(
        string topic, int partitions, long count, Func<long, Span<byte>, int> write, int size, Func<long, long>? keyOf = null)
    {
        const int Portion = 1000;
        using var producer = new Producer(
            Connection.WithProducer("linger.ms", "20").WithProducer("queue.buffering.max.messages", "200000").ForProducer(),
            Events);
        var handle = producer.Topic(topic);
        var bytes = (byte*)NativeMemory.AllocZeroed((nuint)(size * Portion));
        var messages = new RdMessage[Portion];
        var keys = stackalloc long[Portion];
        for (long done = 0, portion = 0; done < count; portion++)
        {
            var many = (int)Math.Min(Portion, count - done);
            for (var i = 0; i < many; i++)
            {
                var at = bytes + (i * size);
                messages[i] = new RdMessage
                {
                    Partition = (int)(portion % partitions),
                    Payload = at,
                    Length = (nuint)write(done + i, new Span<byte>(at, size)),
                };
                if (keyOf is not null)
                {
                    var key = keyOf(done + i);
                    keys[i] = BinaryPrimitives.ReverseEndianness(key);
                    messages[i].Key = (byte*)(keys + i);
                    messages[i].KeyLength = sizeof(long);
                    messages[i].Partition = (int)(key % partitions);
                }
            }

            Send(producer, handle, messages.AsSpan(0, many));
            done += many;
        }

        if (!producer.Flush(Patience) || producer.Failed is not null)
        {
            throw new InvalidOperationException($"The topic {topic} was not filled: {producer.Failed}");
        }

        NativeMemory.Free(bytes);
    }

    /// <summary>Gives messages to a producer, and waits while its queue is full.</summary>
    public static void Send(Producer producer, nint topic, Span<RdMessage> messages)
    {
        while (producer.ProduceBatch(topic, messages) is var taken && taken < messages.Length)
        {
            var left = 0;
            for (var i = 0; i < messages.Length; i++)
            {
                if (messages[i].Error is not (ErrorCodes.None or ErrorCodes.QueueFull))
                {
                    throw new InvalidOperationException($"{KafkaError.Of(messages[i].Error)}, {producer.Failed}");
                }

                if (messages[i].Error != 0)
                {
                    messages[left++] = messages[i] with { Error = 0 };
                }
            }

            messages = messages[..left];
            producer.Flush(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>A value of so many bytes that begins with its number and a time.</summary>
    public static int WriteTick(long number, Span<byte> value)
    {
        MemoryMarshal.Write(value, new Tick(number, 1_700_000_000_000_000 + (number * 10)));
        return value.Length;
    }
}

/// <summary>A record without references: the first bytes of a value.</summary>
internal readonly record struct Tick(long Number, long Time);
