using Microsoft.CodeAnalysis;
using Weir.Analyzers;
using Weir.Generators.Codecs;
using Weir.Generators.Rows;
using Weir.Generators.Tests.Analyzers;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests;

/// <summary>What is read of Kafka, or written, has a JSON format where nobody names another.</summary>
public sealed class MessageTypesTests
{
    // The calls are found by name: the package itself would bring a native library into these tests.
    private const string Package = """
        namespace Weir
        {
            public interface IRecordFormat<T>;

            public static class RecordFormats
            {
                public static IRecordFormat<T> Json<T>() => null!;
                public static IRecordFormat<T> Json<T>(string typeInfo) => null!;
                public static IRecordFormat<T> MessagePack<T>() => null!;
            }

            public sealed class KafkaMessageShape<T>
            {
                public KafkaMessageShape<T> Key<TKey>(Func<T, TKey> key, IRecordFormat<TKey>? format = null) => this;
                public KafkaMessageShape<T> Value<TValue>(Func<T, TValue> value, IRecordFormat<TValue>? format = null) => this;
            }

            public static class Kafka
            {
                public static object Read<T>(string topic, IRecordFormat<T>? format = null) => topic;
                public static object ReadRecords<TKey, TValue>(
                    string topic, IRecordFormat<TKey>? keys = null, IRecordFormat<TValue>? values = null) => topic;
                public static object Write<T>(string topic, Action<KafkaMessageShape<T>>? shape = null) => topic;
                public static object WriteAtLeastOnce<T>(string topic, Action<KafkaMessageShape<T>>? shape = null) => topic;
            }
        }

        """;

    private const string Types = """

        public sealed record Order(long Id, Place Place);
        public sealed record Place(string City);
        public sealed record Total(long Sum);
        public sealed record Odd(Action What);

        """;

    private const string Written = "Order, Place";

    public static TheoryData<string, string> Calls => new()
    {
        { "Kafka.Read<Order>(\"t\")", Written },
        { "Kafka.Read<Order>(\"t\", format: null)", Written },
        { "Kafka.Read<Order>(format: default, topic: \"t\")", Written },
        { "(Func<string, IRecordFormat<Order>?, object>)Kafka.Read<Order>", Written },
        { "global::Weir.Kafka.Read<Order>(\"t\")", Written },
        { "Kafka.ReadRecords<Place, Total>(\"t\")", "Place, Total" },
        { "Kafka.ReadRecords<string, Total>(\"t\")", "Total" },
        { "Kafka.ReadRecords<Place, Total>(\"t\", RecordFormats.MessagePack<Place>())", "Total" },
        { "Kafka.Write<Order>(\"t\")", Written },
        { "Kafka.WriteAtLeastOnce<Order>(\"t\")", Written },
        { "Kafka.Write<Order>(\"t\", shape => shape.Key(o => o.Place))", Written },
        { "Kafka.Write<Order>(\"t\", shape => shape.Key(o => o.Id).Value(o => o.Place))", "Place" },
        { "Kafka.Write<Order>(\"t\", shape => shape.Value(o => new Total(o.Id)).Key(o => o.Place))", "Place, Total" },
        { "Kafka.Write(\"t\", (KafkaMessageShape<Order> shape) => shape.Key(o => o.Id))", Written },
        { "Kafka.Write<Order>(\"t\", Shape)", Written },
        { "Kafka.Write<Odd>(\"t\", shape => shape.Value(o => new Total(1)))", "Total" },
        { "RecordFormats.Json<Total>()", "Total" },
    };

    public static TheoryData<string> Others =>
    [
        "Kafka.Read<string>(\"t\")",
        "Kafka.Read<byte[]>(\"t\")",
        "Kafka.ReadRecords<int, long>(\"t\")",
        "Kafka.Read<Order>(\"t\", RecordFormats.MessagePack<Order>())",
        "Kafka.Read<Odd>(\"t\", RecordFormats.Json<Odd>(\"context\"))",
        "Kafka.Write<Order>(\"t\", shape => shape.Value(o => o.Id))",
        "Kafka.Write<Odd>(\"t\", OddShape)",
        "new Dictionary<int, Order>().Values.Select(o => o.Place)",
    ];

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_message_that_nobody_gives_another_format_has_one_in_JSON(string call, string types)
    {
        var written = Generated(call);
        Assert.Equal(types, string.Join(", ", new[] { "Odd", "Order", "Place", "Total" }
            .Where(type => written.Contains($"JsonFormat<global::Shop.{type}>", StringComparison.Ordinal))));
        Assert.Empty(Compile.Source(Source(call)).Complaints(new RowFormatGenerator()));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_message_with_another_format_or_none_has_none(string call) =>
        Assert.DoesNotContain("JsonFormat<", Generated(call), StringComparison.Ordinal);

    [Theory]
    [InlineData("Kafka.[|Read<Odd>|](\"t\")")]
    [InlineData("Kafka.[|ReadRecords<Odd, Place>|](\"t\")")]
    [InlineData("Kafka.[|Write<Odd>|](\"t\")")]
    [InlineData("Kafka.Write<Order>(\"t\", shape => shape.[|Value|](o => new Odd(() => { })))")]
    [InlineData("Kafka.Write<Order>(\"t\", shape => shape.[|Key|](o => new Odd(() => { })).Value(o => 1))")]
    [InlineData("RecordFormats.[|Json<Odd>|]()")]
    [InlineData("Kafka.Read<Odd>(\"t\", RecordFormats.[|MessagePack<Odd>|]())")]
    [InlineData("Kafka.Write<Odd>(\"t\", OddShape)")]
    [InlineData("Kafka.Read<Odd>(\"t\", RecordFormats.Json<Odd>(\"context\"))")]
    public Task A_type_that_has_no_format_is_an_error_at_the_call(string call)
    {
        // The one that needs a codec is told at the member that has none.
        var types = call.Contains("MessagePack", StringComparison.Ordinal)
            ? Types.Replace("Action What", "Action [|What|]", StringComparison.Ordinal) : Types;
        call = types == Types ? call : call.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        return AnalyzerTest.Verify<StateTypeAnalyzer>(
            "WEIR0002", $"{types}{Reading(call)}", $"using System;\n{Package}");
    }

    [Fact]
    public void A_message_in_MessagePack_has_a_codec() => Assert.Contains(
        "Codec<global::Shop.Order>",
        Compile.Source(Source("RecordFormats.MessagePack<Order>()")).Run(new CodecGenerator()).Text(),
        StringComparison.Ordinal);

    [Fact]
    public void An_edit_elsewhere_is_served_from_the_cache_and_one_of_the_message_is_not()
    {
        var source = Source("Kafka.Write<Order>(\"t\", shape => shape.Key(o => o.Place))");
        Assert.All(
            Compile.Source(source).Reasons($"{source}class Unrelated;", RowFormatGenerator.ParseStep, new RowFormatGenerator()),
            reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString()));
        Assert.Equal([IncrementalStepRunReason.Modified], Compile.Source(source).Reasons(
            source.Replace("string City", "string City, int Code", StringComparison.Ordinal),
            RowFormatGenerator.MergeStep,
            new RowFormatGenerator()));
    }

    private static string Generated(string call)
    {
        var driver = Compile.Source(Source(call)).Run(new RowFormatGenerator());
        Assert.Empty(driver.GetRunResult().Diagnostics);
        return driver.GetRunResult().GeneratedTrees.Length == 0 ? "" : driver.Text();
    }

    private static string Source(string call) => $"{Package}namespace Shop {{ using Weir; {Types}{Reading(call)} }}";

    private static string Reading(string call) => $$"""
        public static class Reading
        {
            public static object Make() => {{call}};
            private static void Shape(KafkaMessageShape<Order> shape) { }
            private static void OddShape(KafkaMessageShape<Odd> shape) { }
        }

        """;
}
