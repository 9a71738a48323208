using System.Globalization;
using Weir;

namespace KafkaTotals;

/// <summary>Shows the totals as any other reader sees them: when their checkpoint is there.</summary>
internal static class Board
{
    public static void Define(Job job) => job
        .From(Kafka.Read<CustomerTotal>("totals"))
        .To(total => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{total.Minute:HH:mm}  {total.Customer}  {total.Orders,3} orders  {total.Amount,8:F2}")));
}
