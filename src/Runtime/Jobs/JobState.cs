namespace Weir;

/// <summary>What a job that was started does.</summary>
public enum JobState
{
    /// <summary>An attempt gets ready: earlier ones are shut out, a checkpoint is restored, sinks recover.</summary>
    Starting,

    /// <summary>It takes in records.</summary>
    Running,

    /// <summary>An attempt has failed, and the next one waits for its delay.</summary>
    Restarting,

    /// <summary>It has come to an end: <see cref="RunningJob.Completion"/> says how.</summary>
    Ended,
}
