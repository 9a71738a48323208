namespace Weir.Victim;

/// <summary>The places at which a job from topic to topic is killed: those of <see cref="Failpoint"/> that it has, and its own.</summary>
public static class TopicPoint
{
    /// <summary>A message has been fetched, and is made a record of.</summary>
    public const string AfterFetch = "after-fetch";

    /// <summary>The first records of a transaction are in the client's queue.</summary>
    public const string FirstRecord = "first-record";

    /// <summary>Further records of the transaction are.</summary>
    public const string MidEpoch = "mid-epoch";

    /// <summary>What waited in front of a sink for the decision of a checkpoint begins to be written.</summary>
    public const string Draining = "draining";

    /// <summary>The manifest has its name, and the transaction is still open.</summary>
    public const string AfterManifest = "manifest-named";

    /// <summary>The progress record is about to be written.</summary>
    public const string BeforeProgress = "before-progress";

    /// <summary>It is in the client's queue.</summary>
    public const string AfterProgress = "after-progress";

    /// <summary>The commit is being called: whoever reads of it kills the process within the call, or a little later.</summary>
    public const string InCommit = "in-commit";

    /// <summary>The transaction is committed, and the process has not heard of it.</summary>
    public const string AfterAnswer = "after-answer";

    /// <summary>A file of an old checkpoint is about to be deleted.</summary>
    public const string BeforeCleanUp = "before-clean-up";

    /// <summary>A new attempt has shut earlier ones out, and has not read the progress.</summary>
    public const string AfterInit = "after-init";

    /// <summary>It has read the progress, and has not claimed the job.</summary>
    public const string AfterRead = "after-read";

    /// <summary>It has claimed the job, and restored nothing.</summary>
    public const string AfterClaim = "after-claim";

    /// <summary>All of them, in the order of the protocol.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        AfterFetch, FirstRecord, MidEpoch, Failpoint.BeforePreCommit, Failpoint.AfterPreCommit, Failpoint.DuringUpload,
        Failpoint.BeforeManifest, AfterManifest, BeforeProgress, AfterProgress, InCommit, AfterAnswer, Failpoint.BeforeNotification,
        Draining, BeforeCleanUp, Failpoint.DuringCleanUp, AfterInit, AfterRead, AfterClaim, Failpoint.DuringRestore,
    ];
}
