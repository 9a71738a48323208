namespace Weir.Analyzers.State;

/// <summary>A baseline that nobody can read.</summary>
/// <param name="message">Why.</param>
/// <param name="position">Where, in characters from its beginning.</param>
internal sealed class StateFileException(string message, int position) : Exception(message)
{
    public int Position { get; } = position;
}
