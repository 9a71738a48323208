using MySqlConnector;

namespace Weir.Guide.Tests.Ends;

/// <summary>The page of MariaDB and MySQL. Without a server the test is skipped, visibly.</summary>
public sealed class MySqlTests
{
    [Fact]
    public async Task Exactly_once_into_a_table()
    {
        var text = Environment.GetEnvironmentVariable("WEIR_MARIADB");
        Assert.SkipWhen(string.IsNullOrEmpty(text), "no MariaDB: WEIR_MARIADB is not set. Run it by tests/with-mariadb.sh.");
        await using var connection = new MySqlConnection(text);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var create = new MySqlCommand(
            "DROP TABLE IF EXISTS visits; CREATE TABLE visits (customer varchar(100), from_hour datetime, orders int)", connection);
        await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await MySqlSnippet.RunAsync(new ListSource<Order>(Orders.All), text!);
        await using var query = new MySqlCommand(
            "SELECT group_concat(customer, ' ', hour(from_hour), ' ', orders ORDER BY from_hour, customer SEPARATOR ', ') FROM visits",
            connection);
        var expected = Orders.All.GroupBy(order => (order.At.Date, order.At.Hour, order.Customer))
            .OrderBy(group => (group.Key.Date, group.Key.Hour))
            .ThenBy(group => group.Key.Customer, StringComparer.Ordinal)
            .Select(group => $"{group.Key.Customer} {group.Key.Hour} {group.Count()}");
        Assert.Equal(string.Join(", ", expected), await query.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
