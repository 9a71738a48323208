namespace Weir;

/// <summary>A job that has been started.</summary>
public sealed class RunningJob
{
    private readonly Func<JobProgress> _progress;

    internal RunningJob(string name, Task<JobResult> completion, Func<JobProgress> progress)
    {
        Name = name;
        Completion = completion;
        _progress = progress;
    }

    /// <summary>Gets the job's name.</summary>
    public string Name { get; }

    /// <summary>Gets the end of the job: its result, a <see cref="JobException"/>, or its cancellation.</summary>
    public Task<JobResult> Completion { get; }

    /// <summary>Gets how far the job is, now. May be called by any thread, at any time.</summary>
    public JobProgress Progress => _progress();
}
