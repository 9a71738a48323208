namespace KafkaTotals;

/// <summary>All that a customer bought in a minute.</summary>
/// <param name="Minute">Its beginning.</param>
/// <param name="Customer">Who.</param>
/// <param name="Orders">How many orders.</param>
/// <param name="Amount">For how much.</param>
internal sealed record CustomerTotal(DateTime Minute, string Customer, long Orders, decimal Amount);
