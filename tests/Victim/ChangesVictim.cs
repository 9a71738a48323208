using System.Globalization;

namespace Weir.Victim;

/// <summary>A table of accounts in, by its changes, and a table of totals out. Killed by somebody.</summary>
internal static class ChangesVictim
{
    /// <summary>Runs it.</summary>
    /// <param name="args"><c>postgres-changes CONNECTION TABLE CHECKPOINTS PARALLELISM RECORDS_A_SECOND CHECKPOINT_MS</c>: of the table
    /// the publication is <c>TABLE_pub</c>, the slot <c>TABLE_slot</c>, the totals <c>TABLE_totals</c>. At a rate of 0 it ends when it has
    /// read all.</param>
    public static async Task RunAsync(string[] args)
    {
        var (connection, table, checkpoints) = (args[1], args[2], args[3]);
        var numbers = args[4..7].Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var (parallelism, rate, interval) = (numbers[0], numbers[1], numbers[2]);
        var job = new Job("changes-victim");
        Define(
            job,
            Postgres.Changes(
                connection,
                $"{table}_pub",
                $"{table}_slot",
                static change => new Moved(
                    (change.After ?? change.Before!).Get<string>("owner"),
                    (change.After?.Get<long>("amount") ?? 0) - (change.Before?.Get<long>("amount") ?? 0),
                    change.Kind switch
                    {
                        RowChangeKind.Insert => 1,
                        RowChangeKind.Delete => -1,
                        _ => 0,
                    }),
                new PostgresChangesOptions { EndsWhenRead = rate == 0, BufferedChanges = 64 }),
            Postgres.Upsert<Total>(connection, $"{table}_totals", key: ["owner"]));
        var result = await job.RunAsync(new JobOptions
        {
            Parallelism = parallelism,
            CheckpointDirectory = checkpoints,
            CheckpointInterval = TimeSpan.FromMilliseconds(interval),
            MaxRecordsPerSecond = rate > 0 ? rate : null,
            OnEvent = static happened => Console.WriteLine(happened),
        });
        Console.WriteLine($"done: {result}");
    }

    [Pipeline]
    private static void Define(Job job, ISource<Moved> changes, IIdempotentSink<Total> totals) => job
        .From(changes)
        .KeyBy(moved => moved.Owner)
        .Process(() => new Totals())
        .To(totals);
}

/// <summary>What a change did to what an owner has.</summary>
internal sealed record Moved(string Owner, long Amount, int Accounts);

/// <summary>What an owner has, and how many changes that was made of.</summary>
internal sealed record Total(string Owner, long Amount, long Accounts, long Changes);

/// <summary>Adds up what changes did.</summary>
internal sealed class Totals : KeyedProcess<string, Moved, Total>
{
    private readonly ValueState<long> _amount = new();
    private readonly ValueState<long> _accounts = new();
    private readonly ValueState<long> _changes = new();

    public override void OnRecord(Moved record, ProcessContext<string, Total> context)
    {
        _amount.Value += record.Amount;
        _accounts.Value += record.Accounts;
        _changes.Value++;
        context.Emit(new Total(record.Owner, _amount.Value, _accounts.Value, _changes.Value));
    }
}
