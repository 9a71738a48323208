using Weir.Bench.KafkaLog;
using Weir.Bench.KafkaLog.Field;
using Weir.Bench.KafkaLog.Latency;
using Weir.Bench.KafkaLog.Restart;

// usage: Weir.Bench.Kafka [short] CASE [ARGUMENTS]
//   source [BYTES [PARTITIONS [SUBTASKS]]] · sink [BYTES] · job · field [WORK [rounds N]] · latency [RATE [INTERVAL]] · restart [PROGRAM…]
// The broker is that of WEIR_KAFKA: KAFKA_JVM="-XX:TieredStopAtLevel=4 -Xmx1g" tests/with-kafka.sh Weir.Bench.Kafka short source
if (args is ["child", .. var work])
{
    return await Children.RunAsync(work);
}

var isShort = args.Contains("short");
var asked = args.Where(name => name != "short").ToArray();
Console.WriteLine($"{DateTime.Now:u}, {Environment.ProcessorCount} cores, load "
    + (File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "unknown")
    + $", {string.Join(' ', args)}");
switch (asked)
{
    case ["source", .. var rest]:
        await SourceBench.RunAsync(isShort, rest);
        break;
    case ["sink", .. var rest]:
        await SinkBench.RunAsync(isShort, rest);
        break;
    case ["job", ..]:
        await JobBench.RunAsync(isShort);
        break;
    case ["field", .. var rest]:
        FieldBench.Run(isShort, rest);
        break;
    case ["latency", .. var rest]:
        await LatencyBench.RunAsync(isShort, rest);
        break;
    case ["restart", .. var rest]:
        RestartBench.Run(isShort, rest);
        break;
    default:
        Console.Error.WriteLine("usage: [short] source [BYTES [PARTITIONS [SUBTASKS]]] | sink [BYTES] | job | field [WORK] "
            + "| latency [RATE [INTERVAL]] | restart [PROGRAM…]");
        return 2;
}

Console.WriteLine($"{DateTime.Now:u}, load {(File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "unknown")}");
return 0;
