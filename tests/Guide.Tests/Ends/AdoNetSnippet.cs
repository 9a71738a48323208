using Microsoft.Data.Sqlite;

namespace Weir.Guide.Tests.Ends;

internal static class AdoNetSnippet
{
    // <snippet ado-net>
    public static void Write(Stream<Order> orders)
    {
        var source = SqliteFactory.Instance.CreateDataSource("Data Source=shop.db");
        orders.To(AdoNet.Write<Order>(source, "orders"));
    }
    // </snippet>
}
