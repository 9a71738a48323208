using Weir.Databases;
using Weir.PostgreSql.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Databases;

/// <summary>Columns that are made of the members of a record.</summary>
public sealed class MemberColumnsTests(Database database)
{
    public enum Mood
    {
        Calm,
        Wild,
    }

    public sealed record Visit(
        long VisitId, string? CustomerName, [Column("Paid In")] Mood Currency, Mood? Was, int[] Pages, DateTimeOffset SeenAt);

    [Fact]
    public async Task Members_go_to_columns_in_snake_case_or_as_the_attribute_says()
    {
        var table = await database.TableAsync(
            "visit_id bigint, customer_name text, \"Paid In\" text, was int, pages int[], seen_at timestamptz, extra int DEFAULT 5");
        var job = new Job("members");
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Visit[] visits = [new(1, "ann", Mood.Wild, Mood.Wild, [1, 2], at), new(2, null, Mood.Calm, null, [], at)];
        job.From(visits).To(Postgres.Write<Visit>(database.ConnectionString, table));
        await job.RunAsync(new JobOptions(), TestContext.Current.CancellationToken);
        Assert.Equal(
            ["(1,ann,Wild,1,\"{1,2}\",\"2026-01-01 00:00:00+00\",5)", "(2,,Calm,,{},\"2026-01-01 00:00:00+00\",5)"],
            await database.ListAsync<string>($"SELECT t::text FROM {table} t ORDER BY visit_id"));
    }

    [Fact]
    public async Task An_upsert_names_the_columns_of_its_key()
    {
        var table = await database.TableAsync("name text PRIMARY KEY, score int");
        var job = new Job("members");
        Score[] scores = [new("ann", 1), new("bob", 2), new("ann", 3)];
        job.From(scores).To(Postgres.Upsert<Score>(database.ConnectionString, table, key: ["name"]));
        await job.RunAsync(new JobOptions(), TestContext.Current.CancellationToken);
        Assert.Equal(["(ann,3)", "(bob,2)"], await database.ListAsync<string>($"SELECT t::text FROM {table} t ORDER BY name"));
    }

    [Fact]
    public void A_key_that_is_no_column_is_refused()
    {
        var failure = Assert.Throws<ArgumentException>(() => Postgres.Upsert<Score>("Host=x", "t", key: ["Name"]));
        Assert.Contains("the column 'Name'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Its columns are name, score.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_the_generator_has_not_seen_is_refused_with_what_to_do() =>
        Assert.Contains("columns => …", Assert.Throws<SinkException>(OfAny<Tuple<int>>).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("OrderId", "order_id")]
    [InlineData("HTTPStatus", "http_status")]
    [InlineData("Line2", "line2")]
    [InlineData("X", "x")]
    [InlineData("already_so", "already_so")]
    [InlineData("Mixed_Case", "mixed_case")]
    [InlineData("ÄrgerGroß", "ärger_groß")]
    public void Names_in_snake_case(string member, string column) => Assert.Equal(column, SnakeCase.Of(member));

    private static void OfAny<T>() => Postgres.Write<T>("Host=x", "t");

    internal sealed record Score(string Name, [Column("score")] int Value);
}
