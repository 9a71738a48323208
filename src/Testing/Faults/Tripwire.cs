namespace Weir.Testing;

/// <summary>
/// Makes a function of a pipeline throw when a simulation says so: <c>.Where(f => Tripwire.Passes() &amp;&amp; f.Distance > 100)</c>.
/// </summary>
/// <remarks>Outside a simulation it always passes.</remarks>
public static class Tripwire
{
    [ThreadStatic]
    private static Func<bool>? _trips;

    /// <summary>Passes, or throws what a broken function would.</summary>
    /// <returns>True.</returns>
    /// <exception cref="SimulatedFailureException">The simulation says so.</exception>
    public static bool Passes() =>
        _trips is null || !_trips() ? true : throw new SimulatedFailureException("Injected: a function of the user failed.");

    /// <summary>Sets who decides on this thread; null for nobody.</summary>
    internal static void Set(Func<bool>? trips) => _trips = trips;
}

/// <summary>What a function of the user throws in a simulation.</summary>
/// <param name="message">That it was injected.</param>
public sealed class SimulatedFailureException(string message) : Exception(message);
