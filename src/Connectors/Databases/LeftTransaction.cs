namespace Weir.Databases;

/// <summary>What the user hears of a transaction that a savepoint has as pending in another database than the job writes to.</summary>
/// <remarks>
/// It is left to the job that the savepoint was taken of, which commits it with its next checkpoint, or did when it was stopped. Were it
/// committed here, that job could fall back behind its savepoint and write the rows again.
/// </remarks>
internal static class LeftTransaction
{
    /// <summary>Warns.</summary>
    public static void Tell(SinkContext context, string name, long rows, CheckpointName checkpoint, string there, string target) =>
        context.Warn(
            $"The job begins with the savepoint of {checkpoint} and writes to {target}. The transaction '{name}' with {rows} rows, which "
                + $"the savepoint has as pending, is of {there}, and is left there to the job that prepared it. This job writes what "
                + "follows the savepoint.");
}
