using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;

namespace Weir.Bench.KafkaLog;

/// <summary>Told of a message as soon as it is there.</summary>
internal delegate void Seen(ReadOnlySpan<byte> value);

/// <summary>Reads what is committed in a topic as soon as it is there, until it is disposed.</summary>
internal sealed unsafe class Watcher : IDisposable
{
    private readonly Consumer _consumer = new(Topics.Connection
        .WithConsumer("fetch.wait.max.ms", "10").ForConsumer().Own("isolation.level", "read_committed"), Topics.Events);
    private readonly List<PartitionQueue> _queues;
    private readonly Thread _thread;
    private readonly Seen _seen;
    private readonly nint _shared;
    private volatile bool _isEnded;

    public Watcher(string topic, int partitions, Seen seen)
    {
        _seen = seen;
        _queues = [.. Enumerable.Range(0, partitions)
            .Select(partition => _consumer.Assign(new TopicPartition(topic, partition), 0, static () => { }))];
        _shared = Rd.rd_kafka_queue_new(_consumer.Pointer);
        for (var partition = 0; partition < partitions; partition++)
        {
            var queue = Rd.rd_kafka_queue_get_partition(_consumer.Pointer, topic, partition);
            Rd.rd_kafka_queue_forward(queue, _shared);
            Rd.rd_kafka_queue_destroy(queue);
        }

        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _isEnded = true;
        _thread.Join();
        _queues.ForEach(static queue => queue.Dispose());
        Rd.rd_kafka_queue_destroy(_shared);
        _consumer.Dispose();
    }

    private void Run()
    {
        const int AtOnce = 1000;
        var messages = stackalloc RdMessage*[AtOnce];
        while (!_isEnded)
        {
            // One that waits for a whole batch would be late.
            var taken = (int)Rd.rd_kafka_consume_batch_queue(_shared, 0, messages, AtOnce);
            for (var i = 0; i < taken; i++)
            {
                if (messages[i]->Error == 0)
                {
                    _seen(new ReadOnlySpan<byte>(messages[i]->Payload, (int)messages[i]->Length));
                }

                Rd.rd_kafka_message_destroy(messages[i]);
            }

            if (taken == 0)
            {
                Thread.Sleep(1);
            }
        }
    }
}
