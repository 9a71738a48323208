using System.Globalization;

namespace Weir.Guide.Tests;

/// <summary>The orders that all pages of the guide are about. They come in this order, one at a time.</summary>
internal static class Orders
{
    public static IReadOnlyList<Order> All { get; } =
    [
        At("09:00", "ann", 12.50m),
        At("09:04", "bob", 3.00m),
        At("09:12", "ann", 7.50m),
        At("09:07", "bob", 4.00m),
        At("09:31", "ann", 1.25m),
        At("09:33", "bob", 20.00m),
        At("09:58", "ann", 2.00m),
        At("10:05", "bob", 6.00m),
        At("09:14", "ann", 5.00m),
        At("10:41", "ann", 8.00m),
        At("11:20", "bob", 1.00m),
    ];

    private static Order At(string time, string customer, decimal amount) =>
        new(DateTime.Parse($"2026-01-05T{time}Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), customer, amount);
}
