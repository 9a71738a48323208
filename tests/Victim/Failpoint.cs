namespace Weir.Victim;

/// <summary>The places in the protocol at which a process is killed, as docs/testing.md names them.</summary>
public static class Failpoint
{
    /// <summary>Records of a transaction have been sent to its database, or written to its file, and more will be.</summary>
    public const string WithinTransaction = "within-transaction";

    /// <summary>The barrier has come to a sink, and its transaction is still open.</summary>
    public const string BeforePreCommit = "before-pre-commit";

    /// <summary>The transaction of one subtask is durable; its subtask does not know that yet.</summary>
    public const string AfterPreCommit = "after-pre-commit";

    /// <summary>All that a subtask has for the checkpoint is durable, and the coordinator has not been told.</summary>
    public const string BeforeAcknowledge = "before-acknowledge";

    /// <summary>The coordinator has been told by this subtask.</summary>
    public const string AfterAcknowledge = "after-acknowledge";

    /// <summary>The manifest is written and has not its name yet.</summary>
    public const string BeforeManifest = "before-manifest";

    /// <summary>The manifest is durable: the checkpoint exists, and nobody knows.</summary>
    public const string AfterManifest = "after-manifest";

    /// <summary>A subtask is about to be told that the checkpoint exists: the first time none has been told, later some have.</summary>
    public const string BeforeNotification = "before-notification";

    /// <summary>A sink is about to commit.</summary>
    public const string BeforeCommit = "before-commit";

    /// <summary>Of the transactions of a checkpoint one is committed, and another is not.</summary>
    public const string BetweenCommits = "between-commits";

    /// <summary>A transaction is committed; its subtask does not know that yet.</summary>
    public const string AfterCommit = "after-commit";

    /// <summary>A new attempt is about to commit what an earlier one had pre-committed.</summary>
    public const string BeforeRecoveryCommit = "before-recovery-commit";

    /// <summary>A new attempt has committed one of the transactions of an earlier one.</summary>
    public const string AfterRecoveryCommit = "after-recovery-commit";

    /// <summary>A new attempt has thrown away the transactions that no checkpoint knows, and none has begun.</summary>
    public const string AfterAbort = "after-abort";

    /// <summary>A file of state, of a run or a table of RocksDB, is written by half.</summary>
    public const string DuringUpload = "during-upload";

    /// <summary>Of what an old checkpoint needed, some is deleted and some is not.</summary>
    public const string DuringCleanUp = "during-clean-up";

    /// <summary>A new attempt has read a part of its state.</summary>
    public const string DuringRestore = "during-restore";

    /// <summary>All of them, in the order of the protocol.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        WithinTransaction, DuringUpload, BeforePreCommit, AfterPreCommit, BeforeAcknowledge, AfterAcknowledge, BeforeManifest,
        AfterManifest, BeforeNotification, BeforeCommit, BetweenCommits, AfterCommit, DuringCleanUp, DuringRestore,
        BeforeRecoveryCommit, AfterRecoveryCommit, AfterAbort,
    ];
}
