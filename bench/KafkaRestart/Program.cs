using System.Buffers;
using System.Runtime.InteropServices;
using Weir;
using Weir.Bench.KafkaRestart;

// usage: Weir.Bench.KafkaRestart SERVERS INPUT OUTPUT CHECKPOINTS — until it is killed. WEIR_TRACE=1 tells when what has happened.
var (kafka, input, output, checkpoints) = (new KafkaConnection(args[0]), args[1], args[2], args[3]);
var job = new Job($"restart-{output}");
RestartPipeline.Define(
    job,
    Kafka.ReadMessages(kafka, input, static message => MemoryMarshal.Read<Tick>(message.Value)),
    Kafka.Write<KeyCount>(kafka, output, shape => shape.Value(static count => count, KeyCountFormat.Instance)));
var tells = Environment.GetEnvironmentVariable("WEIR_TRACE") == "1";
await job.RunAsync(new JobOptions
{
    CheckpointInterval = TimeSpan.FromMilliseconds(100),
    CheckpointDirectory = checkpoints,
    OnEvent = told =>
    {
        if (tells || told is JobEvent.Failed or JobEvent.Warning)
        {
            var since = DateTime.Now - System.Diagnostics.Process.GetCurrentProcess().StartTime;
            Console.Error.WriteLine(
                $"{since.TotalMilliseconds:F0} ms, {Environment.CpuUsage.TotalTime.TotalMilliseconds:F0} ms of CPU, "
                    + $"{System.Runtime.JitInfo.GetCompilationTime().TotalMilliseconds:F0} ms compiling "
                    + $"{System.Runtime.JitInfo.GetCompiledMethodCount()} methods: {told}");
        }
    },
});

namespace Weir.Bench.KafkaRestart
{
    /// <summary>What the parent writes.</summary>
    internal readonly record struct Tick(long Number, long Time);

    /// <summary>The process that counted, the key, and how often that was seen.</summary>
    internal readonly record struct KeyCount(long Process, long Key, long Count);

    internal sealed class KeyCountFormat : IRecordFormat<KeyCount>
    {
        public static KeyCountFormat Instance { get; } = new();

        public KeyCount Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<KeyCount>(bytes);

        public void Write(in KeyCount value, IBufferWriter<byte> output)
        {
            MemoryMarshal.Write(output.GetSpan(24), value with { Process = Environment.ProcessId });
            output.Advance(24);
        }
    }

    /// <summary>A running count of a thousand keys.</summary>
    internal static class RestartPipeline
    {
        [Pipeline]
        public static void Define(Job job, ISource<Tick> source, ITransactionalSink<KeyCount> sink) => job
            .From(source)
            .KeyBy(tick => tick.Number % 1000)
            .Aggregate(g => new KeyCount(0, g.Key, g.Count()))
            .To(sink);
    }
}
