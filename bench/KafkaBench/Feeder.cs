using System.Diagnostics;
using System.Runtime.InteropServices;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;

namespace Weir.Bench.KafkaLog;

/// <summary>Writes numbered records at a rate, each with the moment at which it was written, until it is disposed.</summary>
/// <remarks>
/// What is due is sent at once, in portions of some milliseconds: while a batch waits for a linger of a millisecond, the client's thread
/// spins, and takes a whole core from what is measured.
/// </remarks>
internal sealed unsafe class Feeder : IDisposable
{
    private readonly Producer _producer = new(Topics.Connection.WithProducer("linger.ms", "0").ForProducer(), Topics.Events);
    private readonly Thread _thread;
    private readonly string _topic;
    private readonly int _partitions;
    private readonly int _rate;
    private volatile bool _isEnded;
    private long _written;

    public Feeder(string topic, int partitions, int rate)
    {
        (_topic, _partitions, _rate) = (topic, partitions, rate);
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public long Written => Volatile.Read(ref _written);

    public void Dispose()
    {
        _isEnded = true;
        _thread.Join();
        _producer.Flush(TimeSpan.FromSeconds(5));
        _producer.Dispose();
    }

    private void Run()
    {
        const int Size = 100;
        var topic = _producer.Topic(_topic);
        var bytes = (byte*)NativeMemory.AllocZeroed(Size * 100_000);
        var messages = new RdMessage[100_000];
        var begun = Stopwatch.GetTimestamp();
        for (long done = 0; !_isEnded;)
        {
            var due = (long)(Stopwatch.GetElapsedTime(begun).TotalSeconds * _rate);
            var many = (int)Math.Min(due - done, messages.Length);
            for (var i = 0; i < many; i++)
            {
                var at = bytes + (i * Size);
                MemoryMarshal.Write(new Span<byte>(at, Size), new Tick(done + i, Stopwatch.GetTimestamp()));
                messages[i] = new RdMessage { Partition = (int)((done + i) % _partitions), Payload = at, Length = Size };
            }

            if (many > 0)
            {
                Topics.Send(_producer, topic, messages.AsSpan(0, many));
                done += many;
                Volatile.Write(ref _written, done);
            }

            Thread.Sleep(4);
        }

        NativeMemory.Free(bytes);
    }
}
