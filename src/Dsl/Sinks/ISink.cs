namespace Weir;

/// <summary>Somewhere to write records to. The description: each subtask opens a writer of its own.</summary>
/// <typeparam name="T">The records.</typeparam>
public interface ISink<T>
{
    /// <summary>Gets what is written, for messages: <c>JSON-lines files in /data/out</c>.</summary>
    string Description { get; }

    /// <summary>Makes the writer of one subtask.</summary>
    /// <param name="context">Who writes.</param>
    /// <returns>The writer: a <see cref="SinkWriter{T}"/> or a <see cref="TwoPhaseCommitSink{T, TTransaction}"/>.</returns>
    ISinkWriter<T> Open(SinkContext context);
}
