using Microsoft.CodeAnalysis;
using Weir.Generators.Rows;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests;

public sealed class RowsGeneratorTests
{
    private const string Flight = """
        using Weir;

        namespace Shop;

        public enum Carrier { United, Delta }

        public readonly record struct Flight(
            DateTime Departure,
            [Epoch(EpochUnit.Milliseconds)] DateTimeOffset? Arrival,
            string Origin,
            [Column("delay_minutes")] int Delay,
            Carrier Carrier,
            short? Distance,
            string? Note);

        public static class Reading
        {
            public static object Flights(string path) => Csv.Read<Flight>(path);
        }
        """;

    private const string Order = """
        using Weir;

        namespace Shop;

        public enum Currency { Euro, Dollar }

        public sealed record Customer(string Name, string? Mail);

        public sealed class Order
        {
            public required long Id { get; init; }
            public Customer? Customer { get; init; }
            public List<string> Tags { get; init; } = [];
            public Dictionary<string, double?> Prices { get; init; } = [];
            [Column("paid_in")] public Currency? Currency { get; init; }
            public DateOnly Day { get; init; }
            [Epoch(EpochUnit.Seconds)] public DateTime Paid { get; init; }
        }

        public static class Reading
        {
            public static object Orders(string path) => JsonLines.Read<Order>(path);

            public static ISink<Order> Sink(string path) => Files.JsonLines<Order>(path);

            public static object Any<T>(string path) => JsonLines.Read<T>(path);
        }
        """;

    private const string Scalars = """
        using Weir;
        using System.Numerics;

        namespace Shop;

        public sealed record Narrow(
            bool A, sbyte B, byte C, short D, ushort E, int F, uint G, long H, ulong I, char J, float K, double L, decimal M, Int128 N, UInt128 O,
            string P, Guid Q, DateTime R, DateTimeOffset S, DateOnly T, TimeOnly U, TimeSpan V, DayOfWeek W)
        {
            public string? @class { get; set; }
        }

        public sealed record Optional(
            bool? A, sbyte? B, byte? C, short? D, ushort? E, int? F, uint? G, long? H, ulong? I, char? J, float? K, double? L, decimal? M, Int128? N, UInt128? O,
            string? P, Guid? Q, DateTime? R, DateTimeOffset? S, DateOnly? T, TimeOnly? U, TimeSpan? V, DayOfWeek? W);

        public sealed record Wide(BigInteger A, BigInteger? B, byte[] C, byte[]? D, (int, string)? E, Narrow F, Optional[] G, HashSet<DayOfWeek?> H);

        public static class Reading
        {
            public static object[] All(string path) =>
            [
                Csv.Read<Narrow>(path), Csv.Read<Optional>(path), Files.Csv<Narrow>(path), Files.Csv<Optional>(path),
                JsonLines.Read<Wide>(path), Files.JsonLines<Wide>(path), Files.JsonLines<double>(path), Files.JsonLines<List<int?>>(path),
            ];
        }
        """;

    private const string Visit = """
        namespace Weir
        {
            public static class Postgres
            {
                public static object Write<T>(string connectionString, string table) => table;

                public static object Write<T>(string connectionString, string table, Action<T> columns) => table;

                public static object Upsert<T>(string connectionString, string table, IReadOnlyCollection<string> key) => table;
            }
        }

        namespace Shop
        {
            using Weir;

            public enum Mood { Calm, Wild }

            public sealed record Visit(long Id, string? Customer, [Column("paid_in")] Mood? Currency, int[] Pages, List<string> Tags)
            {
                public DateTime @from { get; init; }
            }

            public readonly record struct Score(string Name, (int, int) Nested);

            public static class Writing
            {
                public static object[] All() =>
                [
                    Postgres.Write<Visit>("", ""), Postgres.Upsert<KeyValuePair<int, string>>("", "", key: ["key"]),
                    Postgres.Write<Score>("", "", score => { }),
                ];
            }
        }
        """;

    public static TheoryData<string> Sources() => [Flight, Order, Scalars, Visit];

    [Fact]
    public void A_record_struct_gets_a_CSV_format() => Snapshot.Match(Generated(Flight));

    [Fact]
    public void A_class_gets_a_JSON_format() => Snapshot.Match(Generated(Order));

    [Fact]
    public void Single_values_of_every_kind_are_read_and_written() => Snapshot.Match(Generated(Scalars));

    [Fact]
    public void A_record_that_goes_into_a_table_gets_columns_unless_the_call_says_them() => Snapshot.Match(Generated(Visit));

    [Theory, MemberData(nameof(Sources))]
    public void What_is_generated_compiles_without_a_warning(string source) =>
        Assert.Empty(Compile.Source(source).Complaints(new RowFormatGenerator()));

    [Theory]
    [InlineData("Csv.Read<List<int>>(\"\")")]
    [InlineData("Csv.Read<Nested>(\"\")")]
    [InlineData("JsonLines.Read<Dictionary<int, int>>(\"\")")]
    [InlineData("JsonLines.Read<Action>(\"\")")]
    [InlineData("Csv.Read<Empty>(\"\")")]
    [InlineData("Csv.Read<Numbered>(\"\")")]
    [InlineData("JsonLines.Read<Numbered>(\"\")")]
    [InlineData("JsonLines.Read<List<Alike>>(\"\")")]
    [InlineData("Postgres.Write<Empty>(\"\")")]
    [InlineData("Postgres.Write<int>(\"\")")]
    [InlineData("Postgres.Write<Lists>(\"\")")]
    [InlineData("Postgres.Write<Alike>(\"\")")]
    [InlineData("Postgres.Write<Flat>(\"\", columns: 1)")]
    public void Rows_that_cannot_be_are_skipped_in_silence(string call)
    {
        const string Types = """
            using Weir;
            namespace Weir { static class Postgres { public static object Write<T>(string table, int columns) => table;
                public static object Write<T>(string table) => table; } }
            record Nested(int[] Numbers);
            record Flat(int A);
            record Lists(IReadOnlyList<int> Numbers);
            record Empty;
            record Numbered([Epoch(EpochUnit.Seconds)] long At);
            record Alike(int Amount, int amount);
            """;
        var result = Compile.Source($"{Types} class Reading {{ object Rows() => {call}; }}").Run(new RowFormatGenerator()).GetRunResult();

        Assert.Empty(result.Diagnostics);
        Assert.Empty(result.GeneratedTrees);
    }

    [Fact]
    public void A_method_of_the_same_name_elsewhere_is_not_ours() =>
        Assert.Empty(Compile.Source("static class Csv { static T Read<T>(T value) => Read<T>(value); }").Run(new RowFormatGenerator())
            .GetRunResult().GeneratedTrees);

    [Theory]
    [InlineData(Flight + "class Unrelated;")]
    [InlineData("// moved down\n" + Flight)]
    public void An_edit_elsewhere_is_served_from_the_cache(string edited)
    {
        Assert.All(
            Compile.Source(Flight).Reasons(edited, RowFormatGenerator.ParseStep, new RowFormatGenerator()),
            reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString()));
        Assert.Equal([IncrementalStepRunReason.Cached], Compile.Source(Flight)
            .Reasons(edited, RowFormatGenerator.MergeStep, new RowFormatGenerator()));
    }

    [Fact]
    public void A_new_column_is_generated_anew()
    {
        var edited = Flight.Replace("string? Note)", "string? Note, int Extra)", StringComparison.Ordinal);

        Assert.Equal([IncrementalStepRunReason.Modified], Compile.Source(Flight)
            .Reasons(edited, RowFormatGenerator.ParseStep, new RowFormatGenerator()));
        Assert.Equal([IncrementalStepRunReason.Modified], Compile.Source(Flight)
            .Reasons(edited, RowFormatGenerator.MergeStep, new RowFormatGenerator()));
    }

    private static string Generated(string source)
    {
        var driver = Compile.Source(source).Run(new RowFormatGenerator());
        Assert.Empty(driver.GetRunResult().Diagnostics);
        return driver.Text();
    }
}
