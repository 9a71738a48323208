namespace Weir;

/// <summary>What a reader expects of its next call.</summary>
public enum ReadStatus
{
    /// <summary>There is more.</summary>
    Available,

    /// <summary>Nothing now, perhaps later: the reader calls <see cref="SourceContext.Wake"/> when it should be asked again.</summary>
    Pending,

    /// <summary>The split has ended for good.</summary>
    End,

    /// <summary>
    /// Enough for this run: the reader is not asked again, and the job ends as by <see cref="End"/>. But checkpoints go on holding the
    /// split, its reader is told when they are complete, and a start from one of them reads on from its offset.
    /// </summary>
    EndForNow,
}
