using System.Globalization;
using Weir;
using Weir.PostgreSql.Victim;

// A job that writes rows to PostgreSQL and is killed: by somebody, or by itself at a point that it is told of.
// usage: Weir.Postgres.Victim CONNECTION TABLE CHECKPOINTS PARALLELISM ROWS ROWS_A_SECOND CHECKPOINT_MS [POINT:COUNT]
var (connection, table, checkpoints) = (args[0], args[1], args[2]);
var numbers = args[3..7].Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
var (parallelism, rows, rate, interval) = (numbers[0], numbers[1], numbers[2], numbers[3]);

var job = new Job("victim");
var written = Postgres.Write<long>(connection, table, columns => columns
    .Column("id", id => id)
    .Column("name", id => string.Create(CultureInfo.InvariantCulture, $"name {id}"))
    .Column("amount", id => id / 4m)
    .Column("at", id => DateTime.UnixEpoch.AddSeconds(id)));
long[] ids = [.. Enumerable.Range(0, rows).Select(static id => (long)id)];
job.From(ids).Rebalance().To(new DyingSink<long>(written, args.Length > 7 ? FatalPoint.Parse(args[7]) : null)).Id($"rows-{table}");

var result = await job.RunAsync(new JobOptions
{
    Parallelism = parallelism,
    CheckpointDirectory = checkpoints,
    CheckpointInterval = TimeSpan.FromMilliseconds(interval),
    MaxRecordsPerSecond = rate > 0 ? rate : null,
    OnEvent = static happened => Console.WriteLine(happened),
});
Console.WriteLine($"done: {result}");
