using System.Globalization;
using Confluent.Kafka;

namespace Weir.Kills.Tests.Topics;

/// <summary>Fills the input topic while the victim runs, so that there is always something to do.</summary>
/// <remarks>
/// A key lives in one partition. Times rise over all partitions; those that are added later have times far ahead, so that none of their
/// records is late, whenever they are found.
/// </remarks>
internal sealed class Load : IDisposable
{
    private const int KeysOfPartition = 7;
    private const long Millisecond = 1_000;

    // Beyond any time that the records of a partition get in a test.
    private const long Far = 10_000_000_000_000;

    private readonly string _topic;
    private readonly Random _random;
    private readonly int _first;
    private readonly IProducer<string, string> _producer;
    private readonly Thread _thread;
    private readonly int _rate;
    private volatile int _partitions;
    private readonly System.Diagnostics.Stopwatch _time = System.Diagnostics.Stopwatch.StartNew();
    private volatile bool _isOver;
    private long _count;

    public Load(string servers, string topic, int partitions, int rate, int seed)
    {
        (_topic, _first, _partitions, _rate) = (topic, partitions, partitions, rate);
        _random = new Random(seed);
        _producer = new ProducerBuilder<string, string>(new ProducerConfig
        {
            BootstrapServers = servers,
            EnableIdempotence = true,
            LingerMs = 5,
            MessageTimeoutMs = 300_000,

            // Until it asks again, it does not know of partitions that were added.
            TopicMetadataRefreshIntervalMs = 500,
        }).SetErrorHandler(static (_, _) => { }).SetLogHandler(static (_, _) => { }).Build();
        _thread = new Thread(Fill) { IsBackground = true, Name = "load" };
        _thread.Start();
    }

    /// <summary>Fills further partitions, too.</summary>
    public void Grow(int partitions) => _partitions = partitions;

    /// <summary>Sends nothing.</summary>
    public void Rest() => _time.Stop();

    /// <summary>Sends again.</summary>
    public void GoOn() => _time.Start();

    /// <summary>Ends it, with a record in each partition behind the end of all windows.</summary>
    public void Finish()
    {
        _isOver = true;
        _thread.Join();
        for (var partition = 0; partition < _partitions; partition++)
        {
            Send(partition, "end", 2 * Far);
        }

        _producer.Flush(TimeSpan.FromMinutes(5));
    }

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
        _producer.Dispose();
    }

    private void Fill()
    {
        while (!_isOver)
        {
            for (var due = _time.Elapsed.TotalSeconds * _rate; _count < due && !_isOver;)
            {
                var partition = _random.Next(_partitions);
                Send(
                    partition,
                    string.Create(CultureInfo.InvariantCulture, $"key {_random.Next(KeysOfPartition)}"),
                    (_count * Millisecond) + (partition < _first ? 0 : Far));
            }

            Thread.Sleep(2);
        }
    }

    private void Send(int partition, string key, long at)
    {
        _count++;
        var message = new Message<string, string>
        {
            Key = key,
            Value = string.Create(CultureInfo.InvariantCulture, $"partition {partition} {key}|{at}|{_random.Next(1_000_000)}"),
        };
        while (true)
        {
            try
            {
                _producer.Produce(new TopicPartition(_topic, partition), message);
                return;
            }
            catch (ProduceException<string, string> full) when (full.Error.Code == ErrorCode.Local_QueueFull)
            {
                _producer.Poll(TimeSpan.FromMilliseconds(20));
            }
            catch (ProduceException<string, string> early) when (early.Error.Code == ErrorCode.Local_UnknownPartition)
            {
                // The partition has just been added.
                Thread.Sleep(50);
            }
        }
    }
}
