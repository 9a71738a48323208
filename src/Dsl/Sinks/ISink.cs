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

/// <summary>What the runtime tells the writer of one subtask.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Operator">The sink's id.</param>
/// <param name="Subtask">The subtask's index.</param>
/// <param name="Attempt">Which start of the job this is, from 1: never the same twice, so that names made of it collide with no earlier process's.</param>
/// <param name="Time">The clock: wall time in production, virtual in tests.</param>
public sealed record SinkContext(string Job, string Operator, int Subtask, long Attempt, TimeProvider Time);

/// <summary>A sink as one subtask uses it: one of the two kinds below, told apart by the visitor.</summary>
/// <typeparam name="T">The records.</typeparam>
public interface ISinkWriter<T> : IAsyncDisposable
{
    /// <summary>Calls the visitor's method for this kind of writer, with its types.</summary>
    /// <typeparam name="TResult">What the visitor answers.</typeparam>
    /// <param name="visitor">The visitor.</param>
    /// <returns>Its answer.</returns>
    TResult Accept<TResult>(ISinkVisitor<T, TResult> visitor);
}

/// <summary>How the runtime gets at the kind of a sink without reflection.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TResult">What a visit answers.</typeparam>
public interface ISinkVisitor<T, out TResult>
{
    /// <summary>A sink that shows records as they are written.</summary>
    TResult Visit(SinkWriter<T> writer);

    /// <summary>A sink that shows records with the checkpoint that covers them.</summary>
    TResult Visit<TTransaction>(TwoPhaseCommitSink<T, TTransaction> sink);
}
