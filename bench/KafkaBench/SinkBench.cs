using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;

namespace Weir.Bench.KafkaLog;

/// <summary>Writes in transactions of a second: the sink of a job, and a loop in C# around the client's batch call.</summary>
internal static class SinkBench
{
    private const int Partitions = 8;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(bool isShort, string[] asked)
    {
        Console.WriteLine("bytes: M records/s (CPU ns a record) raw produce_batch · Weir; Weir ÷ raw by time, by CPU; garbage B a record");
        foreach (var size in asked is [var only, ..] ? [int.Parse(only, CultureInfo.InvariantCulture)] : new[] { 100, 1024 })
        {
            var count = (isShort ? 300_000L : 3_000_000) / (size > 500 ? 5 : 1);
            var (raws, ours, garbage) = (new List<Drained>(), new List<Drained>(), new List<double>());
            for (var round = -1; round < (isShort ? 3 : Figures.Rounds); round++)
            {
                var raw = Raw(size, count);
                Figures.Print($"  raw {raw.Rate / 1e6:F3} M/s");
                var (weir, bytes) = await WeirAsync(size, count);
                Figures.Print($"  raw {raw.Rate / 1e6:F3} M/s, Weir {weir.Rate / 1e6:F3}");
                if (round >= 0)
                {
                    raws.Add(raw);
                    ours.Add(weir);
                    garbage.Add(bytes);
                }
            }

            static string Of(List<Drained> runs) => string.Create(
                CultureInfo.InvariantCulture,
                $"{Figures.Median(runs.Select(run => run.Rate)) / 1e6:F3} ({Figures.Median(runs.Select(run => run.NanosecondsCpu)):F0})");
            var ratios = string.Join(' ', ours.Zip(raws, (own, raw) => Figures.Text(own.Rate / raw.Rate)));
            var byTime = Figures.Ratio(ours.Select(run => run.Rate), raws.Select(run => run.Rate));
            var byCpu = Figures.Ratio(raws.Select(run => run.NanosecondsCpu), ours.Select(run => run.NanosecondsCpu));
            Figures.Print(
                $"{size} B: {Of(raws)} · {Of(ours)}; {byTime:F2} ({ratios}), {byCpu:F2}; garbage {Figures.Median(garbage):F2}");
        }
    }

    private static unsafe Drained Raw(int size, long count)
    {
        const int Portion = 1024;
        var topic = Topics.Make("sink-raw", Partitions);
        using var producer = new Producer(
            Topics.Connection.ForProducer(), Topics.Events, new TransactionSettings($"bench-{topic}", TimeSpan.FromSeconds(60)));
        Expect(producer.InitTransactions(Patience));
        var handle = producer.Topic(topic);
        Expect(producer.Learn(handle, Patience));
        var bytes = (byte*)NativeMemory.AllocZeroed((nuint)(size * Portion));
        var messages = new RdMessage[Portion];
        var (cpu, begun) = (Cpu.Seconds, Stopwatch.GetTimestamp());
        Expect(producer.BeginTransaction());
        var committed = Stopwatch.GetTimestamp();
        for (var done = 0L; done < count;)
        {
            var many = (int)Math.Min(Portion, count - done);
            for (var i = 0; i < many; i++)
            {
                var at = bytes + (i * size);
                Topics.WriteTick(done + i, new Span<byte>(at, size));
                messages[i] = new RdMessage { Partition = (int)((done + i) % Partitions), Payload = at, Length = (nuint)size };
            }

            Topics.Send(producer, handle, messages.AsSpan(0, many));
            done += many;
            if (done == count || Stopwatch.GetElapsedTime(committed) > Interval)
            {
                Expect(producer.CommitTransaction(Patience));
                Expect(producer.BeginTransaction());
                committed = Stopwatch.GetTimestamp();
            }
        }

        var drained = new Drained(count, Stopwatch.GetElapsedTime(begun).TotalSeconds, Cpu.Seconds - cpu, 0);
        NativeMemory.Free(bytes);
        Topics.Delete(topic);
        return drained;
    }

    private static async Task<(Drained Drained, double Garbage)> WeirAsync(int size, long count)
    {
        var topic = Topics.Make("sink", Partitions);
        var directory = Directory.CreateTempSubdirectory("weir-bench-");
        var source = new TickSource(count);
        var job = new Job($"fill-{topic}");
        job.From(source).To(Weir.Kafka.Write<Tick>(Topics.Connection, topic, shape => shape
            .Value(static tick => tick, new TickFormat(size))
            .Partition(static tick => (int)(tick.Number % Partitions))));
        var cpu = Cpu.Seconds;
        var ended = 0L;
        var result = await job.RunAsync(new JobOptions
        {
            CheckpointInterval = Interval,
            CheckpointDirectory = directory.FullName,
            OnEvent = told =>
            {
                if (told is JobEvent.CheckpointCompleted)
                {
                    Volatile.Write(ref ended, Stopwatch.GetTimestamp());
                }
                else if (told is JobEvent.Failed or JobEvent.Warning or JobEvent.CheckpointFailed)
                {
                    Console.WriteLine(told);
                }
            },
        });
        var drained = new Drained(
            result.RecordsIn, Stopwatch.GetElapsedTime(source.Begun, Volatile.Read(ref ended)).TotalSeconds, Cpu.Seconds - cpu, 0);
        directory.Delete(recursive: true);
        Topics.Delete(topic);
        return (drained, source.BytesOfGarbage);
    }

    private static void Expect(KafkaError? error)
    {
        if (error is not null)
        {
            throw new InvalidOperationException(error.ToString());
        }
    }
}

/// <summary>A tick at the beginning of a value of so many bytes.</summary>
internal sealed class TickFormat(int size) : IRecordFormat<Tick>
{
    public Tick Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<Tick>(bytes);

    public void Write(in Tick value, IBufferWriter<byte> output)
    {
        MemoryMarshal.Write(output.GetSpan(size), value);
        output.Advance(size);
    }
}
