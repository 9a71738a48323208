using Weir.Analyzers.Determinism;

namespace Weir.Generators.Tests.Analyzers;

public sealed class DeterminismAnalyzerTests
{
    [Fact]
    public Task A_clock_in_an_operator_function_is_reported() => Verify("flights.Where(f => f.Departure < [|DateTime.UtcNow|]);");

    [Fact]
    public Task So_are_ids_random_numbers_and_hashes() => Verify(
        "flights.Select(f => ({|WEIR1002:Guid.NewGuid()|}, {|WEIR1002:Random.Shared|}.ToString(), {|WEIR1004:f.Origin.GetHashCode()|}))"
            + ".Where(x => [|System.Diagnostics.Stopwatch.GetTimestamp()|] > 1);");

    [Fact]
    public Task And_a_method_group() => Verify("flights.Select(f => f.Origin).Select({|WEIR1003:Environment.GetEnvironmentVariable|});");

    [Fact]
    public Task A_clock_beside_an_operator_function_is_not() =>
        Verify("var start = DateTime.UtcNow; flights.Where(f => f.Departure < start);");

    [Fact]
    public Task A_clock_in_someone_elses_lambda_is_not() =>
        Verify("Enumerable.Where(new[] { 1 }, _ => DateTime.UtcNow.Year > 0).ToList();");

    [Fact]
    public Task The_time_of_a_record_is_not() =>
        Verify("flights.Where(f => f.Departure.AddDays(1) < DateTime.MaxValue && string.Equals(f.Origin, f.Delay.ToString()));");

    private static Task Verify(string statements) => AnalyzerTest.Verify<DeterminismAnalyzer>("WEIR1001", $$"""
        internal static class Pipelines
        {
            internal static void Define(Stream<Flight> flights)
            {
                {{statements}}
            }
        }
        """);
}
