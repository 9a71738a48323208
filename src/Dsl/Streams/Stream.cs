using System.ComponentModel;
using Weir.Graph;

namespace Weir;

/// <summary>An unbounded sequence of <typeparamref name="T"/>. Describes a pipeline; running it is the runtime's work.</summary>
/// <remarks>
/// A stream used twice branches: both users see every record. Verbs add a stage to the job's graph and return the stream behind it.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
public sealed class Stream<T>
{
    private const string NoCast =
        "The records of a stream have one type: write 'from o in …' without it. To see them as another type, call Select with a cast.";

    internal Stream(Job job, StageOutput<T> output)
    {
        Job = job;
        Output = output;
    }

    /// <summary>Gets the job that this stream belongs to.</summary>
    public Job Job { get; }

    /// <summary>Gets the output of a stage that this stream is.</summary>
    public StageOutput<T> Output { get; }

    /// <summary>Gets the stage whose output this stream is.</summary>
    /// <exception cref="InvalidOperationException">It is the side output of a stage that no verb has made yet.</exception>
    public Stage Stage => Output.Stage;

    /// <summary>
    /// Gets the stage of the user's verb, to set something of it that must be meant for this stream: its id, its parallelism.
    /// </summary>
    internal Stage OwnStage => Output.Name is null
        ? Stage.RunsWith ?? Stage
        : throw new InvalidOperationException(
            $"The stream '{Output.Name}' has no operator of its own. Set the id or the parallelism on the results of the operator that "
                + "it comes from.");

    /// <summary>Refused: <c>from Order o in orders</c>.</summary>
    /// <typeparam name="TOut">The type.</typeparam>
    /// <returns>Nothing.</returns>
    [Obsolete(NoCast, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Stream<TOut> Cast<TOut>() => throw new NotSupportedException(NoCast);

    internal Stream<TOut> Then<TOut>(Stage stage) => Job.Then<TOut>(stage);
}
