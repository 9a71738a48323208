using Weir.Analyzers.Keys;

namespace Weir.Generators.Tests.Analyzers;

public sealed class KeyTypeAnalyzerTests
{
    [Fact]
    public Task H39_A_key_with_an_array_is_reported() => Verify("flights.[|KeyBy|](f => new Route(f.Origin, new[] { 1 }));");

    [Fact]
    public Task H39_So_is_one_with_a_list() => Verify("flights.[|KeyBy|](f => new Stops(f.Origin, new List<string>()));");

    [Fact]
    public Task H39_So_is_a_class_without_Equals() => Verify("flights.[|KeyBy|](f => new Airport());");

    [Fact]
    public Task A_text_is_not() => Verify("flights.KeyBy(f => f.Origin);");

    [Fact]
    public Task A_tuple_of_plain_values_is_not() => Verify("flights.KeyBy(f => (f.Origin, f.Delay, f.Departure));");

    [Fact]
    public Task A_record_that_compares_its_list_itself_is_not() => Verify("flights.KeyBy(f => new Compared(new List<string>()));");

    [Fact]
    public Task Somebody_elses_KeyBy_is_not() => Verify("Other.KeyBy(flights, f => new[] { 1 });");

    private static Task Verify(string statement) => AnalyzerTest.Verify<KeyTypeAnalyzer>("WEIR0006", $$"""
        public sealed record Route(string From, int[] Stops);
        public sealed record Stops(string From, List<string> Names);
        public sealed class Airport { public string Name { get; init; } = ""; }
        public sealed record Compared(List<string> Names)
        {
            public bool Equals(Compared? other) => other is not null && Names.SequenceEqual(other.Names);
            public override int GetHashCode() => Names.Count;
        }
        public static class Other
        {
            public static Dictionary<TKey, int> KeyBy<T, TKey>(Stream<T> source, Func<T, TKey> key) where TKey : notnull => [];
        }
        public static class P
        {
            public static void Define(Stream<Flight> flights)
            {
                {{statement}}
            }
        }
        """);
}
