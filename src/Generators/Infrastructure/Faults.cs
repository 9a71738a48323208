namespace Weir.Generators.Infrastructure;

/// <summary>
/// Where a test lets the generators fail: each part that must fail alone says so before it begins. Nothing is there in a build.
/// </summary>
internal static class Faults
{
    [ThreadStatic]
    private static Action<string>? _injected;

    /// <summary>Says that a part begins.</summary>
    /// <param name="part">What it is: <c>reading the pipeline Define</c>.</param>
    public static void At(string part) => _injected?.Invoke(part);

    /// <summary>Calls a function of a test at each part that this thread begins, until it is given null.</summary>
    /// <param name="fault">Throws where it wants to.</param>
    public static void Inject(Action<string>? fault) => _injected = fault;
}
