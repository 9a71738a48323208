namespace Weir;

/// <summary>A sink that shows records with the checkpoint that covers them: its writers are two-phase-commit sinks.</summary>
/// <typeparam name="T">The records.</typeparam>
public interface ITransactionalSink<T> : ISink<T>;
