using System.Globalization;
using Weir.Databases;

namespace Weir.PostgreSql.Transactions;

/// <summary>
/// What a prepared transaction is called: <c>weir/orders/totals/run-00c0ffee00c0ffee/attempt-3/subtask-0/chk-17</c>.
/// </summary>
/// <remarks>
/// A person finds it in <c>pg_prepared_xacts</c> and reads whose it is. The run and the attempt never come twice, so no other process makes
/// the same name. A job or an operator is escaped, and cut where it is long: then a hash of the whole stands behind it.
/// </remarks>
/// <param name="Job">The job, by <see cref="NamePart"/>.</param>
/// <param name="Operator">The sink's id, by <see cref="NamePart"/>.</param>
/// <param name="Run">The life of the job.</param>
/// <param name="Attempt">Which start of it.</param>
/// <param name="Subtask">The subtask that wrote it.</param>
/// <param name="Checkpoint">The checkpoint that it was prepared for.</param>
internal readonly record struct TransactionName(
    string Job, string Operator, RunId Run, long Attempt, int Subtask, CheckpointId Checkpoint)
{
    /// <summary>The most bytes of a name: PostgreSQL takes fewer than 200.</summary>
    public const int MaxBytes = 199;

    /// <summary>What all names begin with.</summary>
    public const string Prefix = "weir/";

    // Two of them, with the longest numbers beside them, make 199 bytes.
    private const int MaxPart = 50;

    /// <summary>The name of what a subtask prepares for a checkpoint.</summary>
    public static TransactionName Of(SinkContext context, CheckpointName checkpoint) => new(
        NamePart.Of(context.Job, MaxPart), NamePart.Of(context.Operator, MaxPart), context.RunId, checkpoint.Attempt,
        context.Subtask, checkpoint.Id);

    /// <summary>Whether both are of the same sink of the same job, in whatever life of it.</summary>
    public bool IsOfSinkOf(TransactionName other) => Job == other.Job && Operator == other.Operator;

    /// <summary>
    /// What the session is called that writes for a subtask, in <c>pg_stat_activity</c>: <c>weir/‹hash of job, operator and run›/a3/s0</c>.
    /// </summary>
    public static string SessionOf(SinkContext context) =>
        string.Create(CultureInfo.InvariantCulture, $"{SessionPrefix(context)}{context.Attempt}/s{context.Subtask}");

    /// <summary>What the names of all sessions of a sink begin with; the number of the attempt follows.</summary>
    public static string SessionPrefix(SinkContext context) => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}{NamePart.Hash(SinkOf(context)):x16}/a");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out TransactionName name)
    {
        name = default;
        var parts = text.Split('/');
        if (parts.Length != 7 || parts[0] != "weir"
            || NamePart.Behind("run-", parts[3]) is not { } runDigits || !RunId.TryParse(runDigits, out var run)
            || !NamePart.TryNumber("attempt-", parts[4], out var attempt)
            || !NamePart.TryNumber("subtask-", parts[5], out var subtask) || subtask > int.MaxValue
            || !NamePart.TryNumber("chk-", parts[6], out var checkpoint))
        {
            return false;
        }

        name = new TransactionName(parts[1], parts[2], run, attempt, (int)subtask, new CheckpointId(checkpoint));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Prefix}{Job}/{Operator}/run-{Run}/attempt-{Attempt}/subtask-{Subtask}/chk-{Checkpoint.Value}");

    private static string SinkOf(SinkContext context) =>
        $"{NamePart.Of(context.Job, MaxPart)}/{NamePart.Of(context.Operator, MaxPart)}/{context.RunId}";
}
