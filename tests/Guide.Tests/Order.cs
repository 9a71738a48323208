namespace Weir.Guide.Tests;

// <snippet order>
/// <summary>Somebody bought something.</summary>
public sealed record Order(DateTime At, string Customer, decimal Amount);
// </snippet>
