namespace Weir.Analyzers.Keys;

/// <summary>What makes a type unfit for a key.</summary>
/// <param name="Path">The key, or the member of it that is meant: <c>Order.Lines</c>.</param>
/// <param name="Why">What is wrong with its type, as the end of a sentence.</param>
/// <param name="Cure">What to do.</param>
/// <param name="IsRisk">Whether it works but for some values.</param>
internal sealed record KeyFlaw(string Path, string Why, string Cure, bool IsRisk);
