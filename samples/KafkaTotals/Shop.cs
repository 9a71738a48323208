using Weir;

namespace KafkaTotals;

/// <summary>A shop that writes an order for each second of a day that never ends.</summary>
internal static class Shop
{
    private static readonly string[] Customers = ["ann", "bob", "cid"];

    [Pipeline]
    public static void Define(Job job) => job
        .From(Generate.Records(static number => OrderOf(number)))
        .To(Kafka.Write<Order>("orders", message => message.Key(order => order.Customer)));

    private static Order OrderOf(long number) => new(
        number,
        new DateTime(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc).AddSeconds(number),
        Customers[number * 7 % 5 % Customers.Length],
        1 + (number * 13 % 40));
}
