using Weir.Graph;

namespace Weir;

/// <summary>An unbounded sequence of <typeparamref name="T"/>. Describes a pipeline; running it is the runtime's work.</summary>
/// <remarks>
/// A stream used twice branches: both users see every record. Verbs add a stage to the job's graph and return the stream behind it.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
public sealed class Stream<T>
{
    internal Stream(Job job, Stage stage)
    {
        Job = job;
        Stage = stage;
    }

    /// <summary>Gets the job that this stream belongs to.</summary>
    public Job Job { get; }

    /// <summary>Gets the stage whose output this stream is.</summary>
    public Stage Stage { get; }

    internal Stream<TOut> Then<TOut>(Stage stage) => new(Job, Job.Graph.Add(stage));
}
