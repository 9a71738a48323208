using Weir.PostgreSql.Columns;
using Weir.PostgreSql.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Columns;

/// <summary>What we say of types before the first row is what the driver says at the first row.</summary>
public sealed class TypeFitTests(Database database)
{
    private static readonly string[] Types =
    [
        "bool", "int2", "int4", "int8", "numeric", "float4", "float8", "money", "text", "varchar", "bpchar", "json", "jsonb", "xml", "uuid",
        "bytea", "date", "time", "timestamp", "timestamptz", "interval",
    ];

    [Fact]
    public Task Booleans() => AgreesAsync(true);

    [Fact]
    public async Task Whole_numbers()
    {
        await AgreesAsync((byte)1);
        await AgreesAsync((sbyte)1);
        await AgreesAsync((short)1);

        // The driver takes them for days and microseconds since 2000, which hardly anybody means.
        await AgreesAsync(1, "date");
        await AgreesAsync(1L, "time", "timestamp", "timestamptz");
        await AgreesAsync((ushort)1);
        await AgreesAsync(1U);
        await AgreesAsync(1UL);
    }

    [Fact]
    public async Task Numbers_with_a_fraction()
    {
        // The driver cuts fractions off without a word; we refuse.
        await AgreesAsync(1.5f, "int2", "int4", "int8");
        Assert.NotNull(TypeFit.Refusal(typeof(float), "int8"));
        await AgreesAsync(1.5d, "int2", "int4", "int8");
        await AgreesAsync(1.5m, "int2", "int4", "int8");
    }

    [Fact]
    public async Task Texts()
    {
        await AgreesAsync("1", "xml", "json", "jsonb");
        await AgreesAsync('1');
    }

    [Fact]
    public async Task Times()
    {
        await AgreesAsync(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), "timestamp");
        await AgreesAsync(new DateTime(2026, 1, 1), "timestamptz");
        await AgreesAsync(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await AgreesAsync(new DateOnly(2026, 1, 1));
        await AgreesAsync(new TimeOnly(1, 2));
        await AgreesAsync(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Ids_and_enums()
    {
        await AgreesAsync(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
        Assert.Null(TypeFit.Refusal(typeof(DayOfWeek), "text"));
        Assert.Null(TypeFit.Refusal(typeof(DayOfWeek?), "int4"));
        Assert.Equal("takes no DayOfWeek: its name goes into text, its number into int4", TypeFit.Refusal(typeof(DayOfWeek), "date"));
    }

    [Fact]
    public void A_nullable_type_fits_where_the_type_does()
    {
        Assert.Null(TypeFit.Refusal(typeof(int?), "int8"));
        Assert.Equal("takes no Int32: it goes into int2, int4, int8, numeric", TypeFit.Refusal(typeof(int?), "text"));
    }

    [Fact]
    public void What_an_extension_or_the_user_has_added_is_not_judged()
    {
        Assert.Null(TypeFit.Refusal(typeof(string), "ltree"));
        Assert.Null(TypeFit.Refusal(typeof(TypeFitTests), "text"));
    }

    /// <param name="value">A value.</param>
    /// <param name="byValue">Types where it hangs on the value, which is not ours to say.</param>
    private async Task AgreesAsync<T>(T value, params string[] byValue)
    {
        var table = await database.TableAsync(string.Join(", ", Types.Select(type => $"c_{type} {type}")));
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var differences = new List<string>();
        foreach (var type in Types.Except(byValue))
        {
            string? refused = null;
            try
            {
                await using var rows = await connection.BeginBinaryImportAsync(
                    $"COPY {table} (c_{type}) FROM STDIN (FORMAT binary)", TestContext.Current.CancellationToken);
                await rows.StartRowAsync(TestContext.Current.CancellationToken);
                await rows.WriteAsync(value, type, TestContext.Current.CancellationToken);
                await rows.CompleteAsync(TestContext.Current.CancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                refused = failure.Message;
            }

            var ours = TypeFit.Refusal(typeof(T), type);
            if (ours is null != refused is null)
            {
                differences.Add($"{typeof(T).Name} into {type}: we say '{ours}', the driver '{refused}'");
            }
        }

        Assert.Empty(differences);
    }
}
