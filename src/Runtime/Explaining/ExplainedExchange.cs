namespace Weir;

/// <summary>Records that travel from one chain to another.</summary>
/// <param name="Stream">Which stream.</param>
/// <param name="From">The sending chain.</param>
/// <param name="To">The receiving chain.</param>
/// <param name="Receiver">The operator that takes them in.</param>
/// <param name="Way">Who gets which record: <c>hash</c>, <c>rebalance</c>, <c>forward</c>.</param>
public sealed record ExplainedExchange(string Stream, int From, int To, string Receiver, string Way);
