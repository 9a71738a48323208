namespace Weir.Victim;

/// <summary>The sources that the victim knows.</summary>
internal static class Origins
{
    /// <summary>The source of a victim.</summary>
    public static ISource<Reading> Open(Orders orders) => orders.Source switch
    {
        "" => new Readings(orders.Splits, orders.Readings),
        var text when text.Split(';', 2) is [var table, var connection] => Postgres.Read(
            connection, table, "id", static row => Reading.Of(0, row.GetInt64(0)),
            new PostgresReadOptions { EndsWhenRead = true, PageRows = 500 }),
        var other => throw new ArgumentException($"'{other}' is no source that the victim knows"),
    };
}
