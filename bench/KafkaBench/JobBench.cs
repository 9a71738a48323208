using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Weir.Bench.KafkaLog;

/// <summary>Reads, sums in windows and writes: exactly once with a checkpoint a second, beside the same job without guarantees.</summary>
internal static class JobBench
{
    private const int Partitions = 8;

    public static async Task RunAsync(bool isShort)
    {
        var count = isShort ? 3_000_000L : 10_000_000;
        var input = Topics.Make("job", Partitions);
        Topics.Fill(input, Partitions, count, Topics.WriteTick, 100);
        var (with, without) = (new List<double>(), new List<double>());
        for (var round = -1; round < (isShort ? 3 : Figures.Rounds); round++)
        {
            var exactly = await RunAsync(input, count, isExact: true);
            var plain = await RunAsync(input, count, isExact: false);
            Figures.Print($"exactly once {exactly / 1e6:F3} M records/s, without guarantees {plain / 1e6:F3}: {exactly / plain:F2}");
            if (round >= 0)
            {
                with.Add(exactly);
                without.Add(plain);
            }
        }

        Figures.Print($"read → window → write, exactly once ÷ without guarantees: {Figures.Ratio(with, without):F2}");
        Topics.Delete(input);
    }

    private static async Task<double> RunAsync(string input, long count, bool isExact)
    {
        var output = Topics.Make("job-out", Partitions);
        var directory = Directory.CreateTempSubdirectory("weir-bench-");
        var begun = 0L;
        var source = Weir.Kafka.ReadMessages(
            Topics.Connection,
            input,
            message =>
            {
                if (begun == 0)
                {
                    begun = Stopwatch.GetTimestamp();
                }

                return MemoryMarshal.Read<Tick>(message.Value);
            },
            new KafkaReadOptions { End = KafkaEnd.LatestAtStart });
        var job = new Job($"job-{output}");
        if (isExact)
        {
            JobPipelines.Exact(job, source, Weir.Kafka.Write<Sums>(Topics.Connection, output, Shape));
        }
        else
        {
            JobPipelines.Plain(job, source, Weir.Kafka.WriteAtLeastOnce<Sums>(Topics.Connection, output, Shape));
        }

        var result = await job.RunAsync(new JobOptions
        {
            CheckpointInterval = isExact ? TimeSpan.FromSeconds(1) : null,
            CheckpointDirectory = directory.FullName,
            OnEvent = told =>
            {
                if (told is JobEvent.Failed or JobEvent.CheckpointFailed)
                {
                    Console.WriteLine(told);
                }
            },
        });
        var rate = count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        if (result.RecordsIn != count)
        {
            throw new InvalidOperationException($"{result.RecordsIn:N0} records were read, of {count:N0}.");
        }

        directory.Delete(recursive: true);
        Topics.Delete(output);
        return rate;
    }

    private static void Shape(KafkaMessageShape<Sums> shape) =>
        shape.Key(static sums => sums.Key).Value(static sums => sums, SumsFormat.Instance);
}

/// <summary>What a window says of a key.</summary>
internal readonly record struct Sums(long Key, long End, long Count, long Sum);

internal sealed class SumsFormat : IRecordFormat<Sums>
{
    public static SumsFormat Instance { get; } = new();

    public Sums Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<Sums>(bytes);

    public void Write(in Sums value, System.Buffers.IBufferWriter<byte> output)
    {
        MemoryMarshal.Write(output.GetSpan(32), value);
        output.Advance(32);
    }
}

/// <summary>The job, once for each kind of sink.</summary>
internal static class JobPipelines
{
    [Pipeline]
    public static void Exact(Job job, ISource<Tick> source, ITransactionalSink<Sums> sink) => job
        .From(source)
        .WithEventTime(tick => tick.Time, maxDisorder: TimeSpan.FromSeconds(1))
        .KeyBy(tick => tick.Number % 1000)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => new Sums(g.Key, g.Window.EndTime, g.Count(), g.Sum(tick => tick.Number)))
        .To(sink);

    [Pipeline]
    public static void Plain(Job job, ISource<Tick> source, ISink<Sums> sink) => job
        .From(source)
        .WithEventTime(tick => tick.Time, maxDisorder: TimeSpan.FromSeconds(1))
        .KeyBy(tick => tick.Number % 1000)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => new Sums(g.Key, g.Window.EndTime, g.Count(), g.Sum(tick => tick.Number)))
        .To(sink);
}
