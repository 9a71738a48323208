namespace Weir.Kills.Tests.Targets;

/// <summary>Finds what a cell writes to.</summary>
internal static class TargetOf
{
    /// <summary>What a cell writes to; the test is skipped, visibly, where its server is not there.</summary>
    public static ITarget Cell(Cell cell, string directory, string table) => cell.Sink switch
    {
        "files" => new FileTarget(directory),
        "sqlite" => new SqliteTarget($"Data Source={Path.Combine(directory, "rows.db")};Pooling=False", table),
        "kafka" or "kafka-ahead" => new KafkaTarget(Server("WEIR_KAFKA", "tests/with-kafka.sh", "openjdk-17-jre-headless"), table),
        "postgres" => new PostgresTarget(Postgres(), table),
        _ => new MariaDbTarget(Server("WEIR_MARIADB", "tests/with-mariadb.sh", "mariadb-server"), table),
    };

    /// <summary>How to connect to PostgreSQL; the test is skipped, visibly, where it is not there.</summary>
    public static string Postgres() => Server("WEIR_POSTGRES", "tests/with-postgres.sh", "postgresql");

    private static string Server(string variable, string script, string package)
    {
        var text = Environment.GetEnvironmentVariable(variable);
        Assert.SkipWhen(
            string.IsNullOrEmpty(text),
            $"no server: {variable} is not set. Run it by {script}, with Debian's package {package} installed.");
        return text!;
    }
}
