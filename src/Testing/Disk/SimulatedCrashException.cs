namespace Weir.Testing;

/// <summary>
/// The simulated process is dead: nothing that it does has an effect any more. Not an <see cref="IOException"/>, so that no code handles
/// it.
/// </summary>
/// <param name="operation">What it was about to do.</param>
public sealed class SimulatedCrashException(FileOperation operation)
    : Exception($"Simulated crash before operation {operation.Number}: {operation.Kind} of '{operation.Path}'.")
{
    /// <summary>Gets what the process was about to do.</summary>
    public FileOperation Operation { get; } = operation;
}
