namespace KafkaTotals;

/// <summary>Somebody bought something.</summary>
/// <param name="Number">Counts the orders, from 0.</param>
/// <param name="At">When.</param>
/// <param name="Customer">Who.</param>
/// <param name="Amount">For how much.</param>
internal sealed record Order(long Number, DateTime At, string Customer, decimal Amount);
