using Weir.Bench.RocksDbState;

// usage: Weir.Bench.RocksDb [short] [rates|memory|memory-default|checkpoints|recovery]…
// On a quiet machine each case ends within two minutes if it is short, or else within some more.
var isShort = args.Contains("short");
var asked = args.Where(name => name != "short").ToArray();
Console.WriteLine($"{DateTime.Now:u}, {Environment.ProcessorCount} cores, load "
    + (File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "unknown"));
foreach (var name in asked.Length == 0 ? ["rates", "memory", "memory-default", "checkpoints", "recovery"] : asked)
{
    Console.WriteLine($"— {name}{(isShort ? ", short" : "")}");
    var root = Directory.CreateTempSubdirectory("weir-bench-").FullName;
    try
    {
        switch (name)
        {
            case "rates":
                Rates.Run(root, isShort);
                break;
            case "memory":
                Memory.Run(root, isShort);
                break;
            case "memory-default":
                Memory.RunDefault(root, isShort);
                break;
            case "checkpoints":
                Checkpoints.Run(root, isShort);
                break;
            case "recovery":
                Recovery.Run(root, isShort);
                break;
            default:
                throw new ArgumentException($"There is no case '{name}'.");
        }
    }
    finally
    {
        Directory.Delete(root, recursive: true);
    }
}
