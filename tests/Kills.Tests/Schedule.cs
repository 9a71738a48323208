using System.Globalization;
using Weir.Victim;

namespace Weir.Kills.Tests;

/// <summary>One start of the victim that ends with a kill.</summary>
/// <param name="Point">The failpoint; <see cref="Cell.AnyMoment"/> for a kill from outside.</param>
/// <param name="Hit">The time it comes there, from 1; from outside, the milliseconds after its first line.</param>
/// <param name="Parallelism">Subtasks of each chain.</param>
internal sealed record Start(string Point, int Hit, int Parallelism)
{
    /// <summary>Gets how long the sink takes for a batch.</summary>
    public int SlowMs { get; init; } = 4;

    /// <summary>Gets the milliseconds between checkpoints.</summary>
    public int IntervalMs { get; init; } = 20;

    /// <summary>Gets what the victim is told.</summary>
    public string Fatal => Point == Cell.AnyMoment ? "" : string.Create(CultureInfo.InvariantCulture, $"{Point}:{Hit}");
}

/// <summary>The starts of a cell: what has to be left behind comes first.</summary>
internal static class Schedule
{
    /// <summary>The starts, in order. The seed decides at which hits; parallelism changes from start to start.</summary>
    public static IReadOnlyList<Start> Of(Cell cell, Random random)
    {
        var (first, second) = (Parallelism(random), Parallelism(random));
        return cell.Point switch
        {
            // Decided and not committed: the next start has something to commit.
            Failpoint.BeforeRecoveryCommit or Failpoint.AfterRecoveryCommit =>
            [
                new(random.Next(2) == 0 ? Failpoint.BeforeCommit : Failpoint.AfterManifest, random.Next(1, 4), 2),
                new(cell.Point, 1, first), new(cell.Point, 2, second),
            ],

            // Prepared and not decided: the next start has something to throw away.
            Failpoint.AfterAbort =>
            [
                new(random.Next(2) == 0 ? Failpoint.AfterPreCommit : Failpoint.BeforeManifest, random.Next(1, 4), 2),
                new(cell.Point, 1, first),
            ],

            // There is something to restore.
            Failpoint.DuringRestore =>
            [
                new(Failpoint.AfterCommit, random.Next(3, 6), 2), new(cell.Point, 1, first), new(cell.Point, 2, second),
            ],

            // Transactions of more rows than are sent at a time.
            Failpoint.WithinTransaction =>
            [
                new(cell.Point, 1, 1) { SlowMs = 0, IntervalMs = 5000 }, new(Failpoint.AfterCommit, 2, 2),
                new(cell.Point, 1, 1) { SlowMs = 0, IntervalMs = 5000 },
            ],

            // Needs two subtasks.
            Failpoint.BetweenCommits => [new(cell.Point, 1, 2), new(cell.Point, random.Next(1, 4), 3)],
            Cell.AnyMoment => [Outside(random), Outside(random), Outside(random)],
            _ => [new(cell.Point, 1, 2), new(cell.Point, random.Next(1, 6), first)],
        };
    }

    private static Start Outside(Random random) => new(Cell.AnyMoment, random.Next(1, 500), Parallelism(random));

    private static int Parallelism(Random random) => random.Next(1, 4);
}
