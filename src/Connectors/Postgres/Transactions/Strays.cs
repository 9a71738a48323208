namespace Weir.PostgreSql.Transactions;

/// <summary>A prepared transaction as the server lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Database">The database that it is of.</param>
/// <param name="Owner">The role that prepared it.</param>
internal sealed record PreparedTransaction(string Name, string Database, string Owner);

/// <summary>What to do about prepared transactions that no checkpoint knows of. Pure.</summary>
/// <param name="RollBack">The ones that are this sink's, of attempts before this one.</param>
/// <param name="Warnings">What the user should hear of.</param>
internal sealed record Strays(IReadOnlyList<string> RollBack, IReadOnlyList<string> Warnings)
{
    /// <summary>Decides, after everything that was restored has been committed.</summary>
    /// <remarks>
    /// What an attempt of this life of the job left behind belongs to a checkpoint that was never decided: its records come again. What
    /// another life of the same job left may be waiting for that life, which may be alive elsewhere: only a person can tell.
    /// </remarks>
    /// <param name="prepared">What is there.</param>
    /// <param name="context">Who asks.</param>
    /// <param name="database">The database of the sink.</param>
    public static Strays Of(IEnumerable<PreparedTransaction> prepared, SinkContext context, string database)
    {
        List<string> rollBack = [];
        List<string> foreign = [];
        List<string> warnings = [];
        var me = TransactionName.Of(context, new CheckpointName(context.Attempt, default));
        foreach (var transaction in prepared)
        {
            if (!TransactionName.TryParse(transaction.Name, out var name) || !name.IsOfSinkOf(me))
            {
                continue;
            }

            if (name.Run != context.RunId)
            {
                foreign.Add(transaction.Name);
            }
            else if (name.Attempt < context.Attempt && transaction.Database != database)
            {
                warnings.Add(
                    $"The transaction '{transaction.Name}' of an earlier attempt is prepared in database '{transaction.Database}', where "
                        + $"this sink does not write any more. Roll it back there: {RollBackOf(transaction.Name)}");
            }
            else if (name.Attempt < context.Attempt)
            {
                rollBack.Add(transaction.Name);
            }
        }

        if (foreign.Count > 0)
        {
            var (them, hold) = foreign.Count == 1 ? ("it", "it holds") : ("them", "they hold");
            warnings.Add(
                $"Another run of job '{context.Job}' has left {foreign.Count} prepared transaction{(foreign.Count == 1 ? "" : "s")} for "
                    + $"operator '{context.Operator}', and {hold} locks. If no such run is alive or will be continued, roll {them} back: "
                    + string.Join(" ", foreign.Select(RollBackOf)));
        }

        return new Strays(rollBack, warnings);
    }

    private static string RollBackOf(string name) => $"ROLLBACK PREPARED '{name}';";
}
