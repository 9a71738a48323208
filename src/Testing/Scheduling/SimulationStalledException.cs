namespace Weir.Testing;

/// <summary>Steppers wait for each other, or for something that never comes. The message says who.</summary>
/// <param name="message">Who is left and what waits.</param>
public sealed class SimulationStalledException(string message) : Exception(message);
