namespace Weir.Generators.Fuzz;

/// <summary>A way to run a pipeline.</summary>
/// <param name="IsInterpreted">Whether generated code is left out.</param>
/// <param name="Batch">Records in a batch.</param>
/// <param name="Parallelism">Subtasks of what says no number of its own.</param>
/// <param name="StopsAt">Behind how many records the job stops, to go on from its checkpoint; null if it does not.</param>
/// <param name="Afterwards">By how many subtasks it goes on then.</param>
internal sealed record StreamWay(bool IsInterpreted, int Batch = 1, int Parallelism = 1, int? StopsAt = null, int Afterwards = 1)
{
    public override string ToString() =>
        $"{(IsInterpreted ? "interpreted" : "compiled")}, batches of {Batch}, {Parallelism} subtasks"
        + (StopsAt is { } end ? $", stopped behind {end} records, and gone on with by {Afterwards}" : "");
}
