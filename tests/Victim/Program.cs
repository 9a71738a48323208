using System.Globalization;
using System.Security.Cryptography;
using Weir;
using Weir.Runtime.Running;
using Weir.Runtime.State;
using Weir.Victim;
using Weir.Victim.Dying;

// A job that is killed by somebody, or by itself at a point that it is told of, and goes on when it is started again.
// usage: Weir.Victim NAME=VALUE…    see Orders
// usage: Weir.Victim postgres-changes …    see ChangesVictim
// usage: Weir.Victim kafka-topics NAME=VALUE…    see TopicsOrders
if (args[0] == "postgres-changes")
{
    await ChangesVictim.RunAsync(args);
    return 0;
}

if (args[0] == "kafka-topics")
{
    return await TopicsVictim.RunAsync(args[1..]);
}

var orders = Orders.Parse(args);
var fatal = FatalPoint.Parse(orders.Fatal, Path.Combine(orders.Directory, "hits"));
var job = new Job(orders.Job);
var target = Targets.Open(orders);
Pipelines.Define(
    job,
    Origins.Open(orders),
    new DyingSink<Row>(
        target, fatal, sends: orders.Sink is "postgres" or "mariadb", TimeSpan.FromMilliseconds(orders.SlowMs)));
using var store = new FileCheckpointStore(Path.Combine(orders.Directory, "checkpoints"), new DyingFiles(fatal));
var interval = TimeSpan.FromMilliseconds(orders.IntervalMs);
var arbiter = (
    target as IDecidingSink)?.Decide(new ArbiterContext(orders.Job, store, TimeProvider.System) { CheckpointInterval = interval })
    ?? new StoreArbiter(orders.Job, store);
var options = new JobOptions
{
    Parallelism = orders.Parallelism,
    CheckpointStore = store,
    Arbiter = new DyingArbiter(arbiter, fatal),
    CheckpointInterval = interval,
    CheckpointMode = orders.Mode == "unaligned" ? CheckpointMode.Unaligned : CheckpointMode.ExactlyOnce,
    RetainedCheckpoints = 2,
    BatchCapacity = 32,
    ChannelCapacity = 4,
    Guarantee = Guarantee.ExactlyOnce,
    RestartStrategy = RestartStrategy.None,
    StateBackend = orders.Backend == "rocks"
        ? Weir.RocksDbState.RocksDb.Backend(new() { Directory = Path.Combine(orders.Directory, "working"), CacheBytes = 1 << 20 })
        : StateBackend.File,
    OnEvent = static happened => Console.WriteLine(Told.Of(happened)),
};
options.Check();
var seed = KeySeed.Of(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
var plan = new DyingPlan(new PipelinePlan(job, options, seed), fatal);
var result = await JobRunner.RunAsync(orders.Job, plan, options, new JobMonitor(orders.Job, options), CancellationToken.None);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"done: {result}"));
return 0;
