namespace Weir;

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
