using System.Globalization;
using Microsoft.Data.Sqlite;
using Weir;
using Weir.Databases.Victim;

// A job that writes rows to a database and is killed: by somebody, or by itself at a point that it is told of.
// usage: Weir.Databases.Victim postgres|postgres-copy|mysql|sqlite CONNECTION TABLE CHECKPOINTS PARALLELISM ROWS ROWS_A_SECOND
// CHECKPOINT_MS [POINT:COUNT]
if (args[0] == "postgres-changes")
{
    await ChangesVictim.RunAsync(args);
    return;
}

var (kind, connection, table, checkpoints) = (args[0], args[1], args[2], args[3]);
var numbers = args[4..8].Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
var (parallelism, rows, rate, interval) = (numbers[0], numbers[1], numbers[2], numbers[3]);

static string NameOf(long id) => string.Create(CultureInfo.InvariantCulture, $"name {id}");
static DateTime TimeOf(long id) => DateTime.UnixEpoch.AddSeconds(id);
var written = kind switch
{
    "postgres" or "postgres-copy" => Postgres.Write<long>(connection, table, static columns => columns
        .Column("id", id => id).Column("name", NameOf).Column("amount", id => id / 4m).Column("at", TimeOf)),
    "mysql" => MySql.Write<long>(connection, table, static columns => columns
        .Column("id", id => id).Column("name", NameOf).Column("amount", id => id / 4m).Column("at", TimeOf)),
    "sqlite" => AdoNet.Write<long>(SqliteFactory.Instance.CreateDataSource(connection), table, static columns => columns
        .Column("id", id => id).Column("name", NameOf).Column("amount", id => id / 4m).Column("at", TimeOf)),
    _ => throw new ArgumentException($"'{kind}' is no database that the victim knows"),
};
var job = new Job("victim");
long[] ids = [.. Enumerable.Range(0, rows).Select(static id => (long)id)];
var read = kind == "postgres-copy"
    ? job.From(Postgres.Read(
        connection,
        $"{table}_source",
        "id",
        static row => row.GetInt64(0),
        new PostgresReadOptions { EndsWhenRead = true, PageRows = 500 }))
    : job.From(ids);
read.Rebalance().To(new DyingSink<long>(written, args.Length > 8 ? FatalPoint.Parse(args[8]) : null)).Id($"rows-{table}");

var result = await job.RunAsync(new JobOptions
{
    Parallelism = parallelism,
    CheckpointDirectory = checkpoints,
    CheckpointInterval = TimeSpan.FromMilliseconds(interval),
    MaxRecordsPerSecond = rate > 0 ? rate : null,
    OnEvent = static happened => Console.WriteLine(happened),
});
Console.WriteLine($"done: {result}");
