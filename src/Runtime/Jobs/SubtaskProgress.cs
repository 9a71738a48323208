namespace Weir;

/// <summary>One subtask of a running job at one moment.</summary>
/// <param name="Name">Its name: chain and index.</param>
/// <param name="RecordsIn">Records it read from its source.</param>
/// <param name="RecordsOut">Records it handed to its sink.</param>
/// <param name="Late">Records it dropped because their window had fired.</param>
/// <param name="Watermark">Its newest watermark; null before the first and at the end of time.</param>
public sealed record SubtaskProgress(string Name, long RecordsIn, long RecordsOut, long Late, DateTimeOffset? Watermark)
{
    /// <summary>Gets how it has spent its time since the attempt began.</summary>
    public SubtaskTime Time { get; init; }

    /// <summary>
    /// Gets how long its present step lasts already; null between steps. A step takes one batch: one that lasts for minutes is stuck in a
    /// function that does not return.
    /// </summary>
    public TimeSpan? StepTime { get; init; }
}
